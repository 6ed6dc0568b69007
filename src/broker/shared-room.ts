/**
 * A room on several loops: the server of chat/server.ts with its room, and beside it in the same
 * select the connection to a broker, over which each loop hears what is said in the others.
 *
 * What is said here, all here hear at once; the others hear it over the broker, in its order, and we
 * pass over our own when it comes back.
 * @module
 */

import { Announcements } from '../chat/announcements.js';
import type { ServerOptions } from '../chat/limits.js';
import { type OtherLoops, type Relayed, Room } from '../chat/room.js';
import { Server } from '../chat/server.js';
import type { Address, FdSet, Net, Ready } from '../net/net.js';
import { room as texts } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import { LIFE_MS } from './directory.js';
import { readEnvelope, type Unfit, writeEnvelope, writePart } from './envelope.js';
import { brokerStep, Link, type LinkOptions, type News } from './link.js';
import { type Change, Loops } from './loops.js';
import { type RespValue, TooLong } from './resp.js';

/** How a room on several loops is made. */
export interface SharedRoomOptions extends Omit<LinkOptions, 'part'> {
  /** The limits of its server. */
  limits?: ServerOptions;
}

/** Bytes that what came from the broker may put into outboxes in one turn; see `maxBytesPerTurn`. */
const BYTES_PER_TURN = 2 << 20;

/**
 * A room on several loops, as a program for {@link runLoop}. What is said goes over a broker by its pub/sub,
 * which keeps nothing: while the broker is away, each loop is a room of its own.
 *
 * ```ts
 * import { runLoop, SharedRoom, SimBroker, SimNet } from 'loopscope';
 *
 * const world = new SimNet();
 * const there = world.host('broker');
 * const broker = new SimBroker(there);
 * await broker.listen({ host: '', port: 6379 });
 * void runLoop(there, broker);
 * const here = world.host('loop-a');
 * const room = new SharedRoom(here, {
 *   loop: '000000000000000a',
 *   dial: () => here.connect({ host: 'broker', port: 6379 }),
 *   where: 'redis://broker:6379',
 * });
 * const steps = await room.open();
 * console.log(steps.some((step) => step.step === 'broker' && step.do === 'connect')); // true
 * ```
 *
 * @see Redis, PUBLISH and SUBSCRIBE
 */
export class SharedRoom implements Program {
  readonly #net: Net;
  readonly #server: Server;
  readonly #room: Room;
  readonly #link: Link;
  readonly #loops: Loops;
  readonly #loop: string;
  /** What was said in this turn, for the others. */
  #said: string[] = [];
  /** The number of the last of all that were said. */
  #n = 0;
  #isStopping = false;
  /** The broker was lost in the end of a turn, and those here are still to be told. */
  #isOwing = false;

  constructor(net: Net, { limits = {}, ...options }: SharedRoomOptions) {
    const others: OtherLoops = {
      list: (own) => this.#loops.list(own),
      tell: (message) => this.#tell(message),
    };
    this.#net = net;
    this.#loop = options.loop;
    this.#loops = new Loops(options.loop, LIFE_MS);
    this.#room = new Room(new Announcements(), others);
    this.#server = new Server(net, this.#room, limits);
    const part = (): string => writePart({ n: this.#n, names: this.#room.names });
    this.#link = new Link(net, { ...options, part }, this.#server);
  }

  get read(): FdSet {
    return this.#server.read;
  }

  get write(): FdSet {
    return this.#server.write;
  }

  get pending(): FdSet {
    return this.#server.pending;
  }

  get watched(): boolean {
    return this.#server.watched;
  }

  set watched(watched: boolean) {
    this.#server.watched = watched;
  }

  /**
   * Goes to the broker, and asks who is in the other loops. Before `listen`.
   *
   * @returns the steps that this took, for the trace
   * @throws SocketError ECONNREFUSED and the like, when nobody is there
   * @throws BrokerLost when it does not take us, is no broker, or gives no answer for 5 s
   */
  async open(): Promise<Step[]> {
    const steps: Step[] = [];
    for (const told of await this.#link.open()) {
      if ('step' in told) steps.push(told);
      else for (const step of this.#deal(told)) steps.push(step);
    }
    return steps;
  }

  /** Opens the listening socket. @see Server.listen */
  listen(address: Address, backlog?: number): Promise<Step[]> {
    return this.#server.listen(address, backlog);
  }

  /** Stops in the next turn; the broker is left when the last client is gone. */
  stop(): void {
    this.#isStopping = true;
    this.#server.stop();
  }

  timeoutMs(): number | null {
    const own = this.#server.timeoutMs();
    if (this.#isOwing) return 0;
    if (this.#isStopping) return own; // who comes or goes elsewhere need not be told any more
    const next = Math.min(this.#link.next ?? Infinity, this.#loops.next ?? Infinity);
    if (next === Infinity) return own;
    const left = Math.max(0, next - this.#net.now());
    return own === null ? left : Math.min(own, left);
  }

  *turn(ready: Ready): Generator<Step, void, void> {
    const { fd } = this.#link;
    const { members } = this.#server;
    const before = members.queued;
    const isEnough = (): boolean => members.queued - before >= BYTES_PER_TURN;
    // #region lesson-turn
    yield* this.#dealAll(this.#link.turn(fd !== null && ready.read.includes(fd), isEnough));
    if (!this.#isStopping) yield* this.#changed(this.#loops.expire(this.#net.now()));
    yield* this.#server.turn(ready); // in its end goes out what came from the others, too
    yield* this.#publish();
    // #endregion
    const queued = members.queued;
    yield* this.#dealAll(this.#link.flush());
    this.#isOwing = members.queued > queued;
    if (this.#isStopping && this.#isAlone) yield* this.#dealAll(this.#link.close());
  }

  /** Nothing is watched any more but the broker. */
  get #isAlone(): boolean {
    const { fd } = this.#link;
    return [...this.read, ...this.write].every((one) => one === fd);
  }

  #tell(message: Relayed): void {
    this.#said.push(writeEnvelope({ loop: this.#loop, n: ++this.#n, message }));
    if (message.type !== 'user') this.#link.partChanged();
  }

  *#publish(): Generator<Step> {
    const said = this.#said;
    this.#said = [];
    for (const text of said) {
      if (this.#link.publish(text)) yield brokerStep(this.#link.fd ?? -1, 'publish', text);
    }
  }

  *#dealAll(told: Iterable<Step | News>): Generator<Step> {
    for (const one of told) {
      if ('step' in one) yield one;
      else yield* this.#deal(one);
    }
  }

  *#deal(news: News): Generator<Step> {
    const { members } = this.#server;
    switch (news.news) {
      case 'published':
        yield* this.#heard(news.value);
        return;
      case 'parts': {
        const changes = this.#loops.found(news.found, this.#net.now());
        const message = JSON.stringify({ loops: this.#loops.size, names: this.#loops.members });
        yield brokerStep(this.#link.fd ?? -1, 'look', message);
        yield* this.#changed(changes);
        return;
      }
      case 'up':
        if (this.#isAway) yield* this.#room.say(members, system('system.broker-back'));
        this.#isAway = false;
        return;
      case 'down':
        if (!this.#isAway) yield* this.#room.say(members, system('system.broker-away'));
        this.#isAway = true;
        return;
      default:
        news satisfies never;
    }
  }

  /** Whether those here were told that the broker is away. */
  #isAway = false;

  /** Something was published: by another loop, by us, or by anyone else who may. */
  *#heard(value: RespValue): Generator<Step> {
    const fd = this.#link.fd ?? -1;
    const read =
      value instanceof TooLong
        ? 'long'
        : value instanceof Uint8Array
          ? readEnvelope(value)
          : 'shape';
    if (typeof read === 'string') {
      yield brokerStep(fd, 'drop', dropped(read));
      return;
    }
    const { envelope, text } = read;
    const heard = this.#loops.heard(envelope, this.#net.now());
    if (typeof heard === 'string') {
      yield brokerStep(fd, 'drop', dropped(heard));
      return;
    }
    yield brokerStep(fd, 'message', text);
    if (heard.lost) this.#link.look();
    if (heard.change !== null) yield* this.#changed([heard.change]);
    if (envelope.message.type === 'user') {
      yield* this.#room.say(this.#server.members, envelope.message);
    }
  }

  *#changed(changes: readonly Change[]): Generator<Step> {
    const { members } = this.#server;
    for (const { type, who } of changes) {
      yield* this.#room.changed(members, type, who, this.#link.fd ?? -1);
    }
  }
}

function system(key: 'system.broker-away' | 'system.broker-back'): {
  type: 'system';
  content: string;
} {
  return { type: 'system', content: fill(texts[key]) };
}

function dropped(why: Unfit): string {
  return fill(texts[`broker.${why}`]);
}
