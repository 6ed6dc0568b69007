/**
 * One connection of a played student, from coming to leaving, as a program for the loop: a WebSocket client,
 * and beside it what the student does when its time has come.
 * @module
 */

import type { ClientMessage } from '../chat/vocabulary.js';
import { WebSocketClient } from '../chat/websocket-client.js';
import type { Progress } from '../lesson/progress.js';
import { ForwardingNet } from '../net/forwarding-net.js';
import { FdSet, type Net, type Ready } from '../net/net.js';
import { Random } from '../net/sim-random.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import type { Message } from '../websocket/message.js';
import { type ClassMessage, readClassAnswer, type VoteState } from './messages.js';
import { type Act, ballotOf, type Planned, type Role } from './played.js';
import { doPrank } from './pranks.js';

/** What a student brings along, the same at each visit. */
export interface Played {
  readonly role: Role;
  readonly seed: number;
  /** What is done next. */
  readonly acts: Iterator<Planned, never>;
  readonly progress: Progress;
  /** What is said in the chat. */
  readonly talk: readonly string[];
  /** The right letter of a lesson's question. */
  answerOf(lesson: number): string | undefined;
}

/** Where the room is. */
export interface Where {
  /** `ws://HOST:PORT`. */
  readonly url: string;
  /** The origin of the class's page. */
  readonly origin: string;
}

/** Milliseconds that a browser waits for the end of a handshake: the room may stand still meanwhile. */
const HANDSHAKE_MS = 240_000;

/** The slow one takes so many bytes, and then rests for so many milliseconds. */
const SIP = 512;
const SIP_MS = 2_000;

const NONE = new FdSet();

/** A visit. */
export class Visit implements Program {
  watched = false;
  /** For how long it leaves, in milliseconds; null where it was thrown out. */
  awayMs: number | null = null;
  readonly #net: Net;
  readonly #played: Played;
  readonly #client: WebSocketClient;
  #next: { readonly at: number; readonly act: Act };
  #ballot: { readonly at: number; readonly message: ClassMessage } | null = null;
  /** The vote, and its round, that was answered last. */
  #answered = '';
  #restsUntil = Number.NEGATIVE_INFINITY;
  #isOver = false;

  private constructor(net: Net, played: Played, client: WebSocketClient) {
    this.#net = net;
    this.#played = played;
    this.#client = client;
    this.#next = this.#plan();
  }

  /** Comes in. @throws SocketError connect ECONNREFUSED and the like */
  static async open(net: Net, played: Played, { url, origin }: Where): Promise<Visit> {
    const { role, seed } = played;
    const masks = new Random(seed, role.index, 5);
    const own = role.kind === 'slow' ? sipping(net) : net;
    const client = await WebSocketClient.connect(own, url, {
      origin,
      timeoutMs: HANDSHAKE_MS,
      random: (bytes) => masks.fill(bytes),
      onopen: () => visit.#greet(),
      onmessage: (message) => visit.#hear(message),
      onclose: () => visit.#end(),
    });
    const visit = new Visit(own, played, client);
    return visit;
  }

  get read(): FdSet {
    return this.#isOver || this.#rests ? NONE : this.#client.read;
  }

  get write(): FdSet {
    return this.#isOver ? NONE : this.#client.write;
  }

  timeoutMs(): number | null {
    if (this.#isOver) return null;
    const now = this.#net.now();
    const dues = [this.#next.at, this.#ballot?.at ?? Infinity];
    if (this.#rests) dues.push(this.#restsUntil);
    return Math.max(0, Math.min(this.#client.timeoutMs() ?? Infinity, Math.min(...dues) - now));
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    yield* this.#client.turn(ready);
    const now = this.#net.now();
    if (this.#played.role.kind === 'slow' && ready.read.length > 0) this.#restsUntil = now + SIP_MS;
    const ballot = this.#ballot;
    if (ballot !== null && now >= ballot.at) {
      this.#ballot = null;
      this.#say(ballot.message);
    }
    if (this.#isOver || now < this.#next.at) return;
    const { act } = this.#next;
    this.#next = this.#plan();
    this.#do(act);
  }

  get #rests(): boolean {
    return this.#net.now() < this.#restsUntil;
  }

  #plan(): { at: number; act: Act } {
    const { afterMs, act } = this.#played.acts.next().value;
    return { at: this.#net.now() + afterMs, act };
  }

  /** What a page says first; in the chat one is there too, but for the hostile one, whose floods nobody hears. */
  #greet(): void {
    const { kind, person, name } = this.#played.role;
    this.#say({ type: 'class', person, name });
    if (kind !== 'hostile') this.#say({ type: 'login', content: name });
  }

  #hear(message: Message): void {
    const answer = message.isText ? readClassAnswer(message.text) : null;
    if (answer?.type === 'class' && answer.vote?.state === 'open') this.#think(answer.vote);
  }

  /** Each question is answered once, each time it is asked. */
  #think(vote: VoteState): void {
    const { id, lesson, round } = vote;
    if (this.#answered === `${id} ${round}`) return;
    this.#answered = `${id} ${round}`;
    const { role, seed } = this.#played;
    const { afterMs, letter } = ballotOf(role, vote, this.#played.answerOf(lesson), seed);
    const { person } = role;
    const message = { type: 'vote', person, name: null, lesson, round, letter } as const;
    this.#ballot = { at: this.#net.now() + afterMs, message };
  }

  #do(act: Act): void {
    switch (act.do) {
      case 'talk':
        this.#say({ type: 'user', content: this.#played.talk[act.line] ?? '' });
        return;
      case 'work':
        this.#work(act);
        return;
      case 'leave':
        this.awayMs = act.awayMs;
        if (act.isCut) this.#end();
        else this.#client.close();
        return;
      case 'prank': {
        const [fd] = this.#client.read;
        const raw = (bytes: Uint8Array): void => {
          if (fd !== undefined) this.#net.send(fd, bytes);
        };
        doPrank(act.prank, { client: this.#client, person: this.#played.role.person, raw });
        return;
      }
      default:
        act satisfies never;
    }
  }

  #work({ lesson, what, failure }: Extract<Act, { do: 'work' }>): void {
    const { role, progress } = this.#played;
    if (what === 'opened') progress.begin(lesson);
    else progress.check(lesson, failure);
    const { person } = role;
    const done = progress.of(lesson);
    this.#say({ type: 'progress', person, name: null, lesson, what, failure, done });
  }

  #say(message: ClassMessage | ClientMessage): void {
    this.#client.send(JSON.stringify(message));
  }

  #end(): void {
    this.#isOver = true;
  }
}

/** A network of which each recv gives little. */
function sipping(net: Net): Net {
  return new ForwardingNet(net, { recv: (fd, length) => net.recv(fd, Math.min(length, SIP)) });
}
