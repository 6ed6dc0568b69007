import {
  acceptKey,
  Connection,
  encodeFrame,
  type Fd,
  joinBytes,
  Opcode,
  Random,
  SCENARIO_REQUEST,
  ServerHandshake,
  script,
  Tape,
  toHex,
} from 'loopscope';
import { type Check, type Checker, piecesOf } from 'loopscope/lesson';
import type { Client } from './exercise.js';

type Exercise = typeof import('./exercise.js');
type State = Client['state'];

const INTERLEAVINGS = 1_000;
const LISTENER: Fd = 3;
/** The key of all requests. */
const KEY = /^Sec-WebSocket-Key: (.*)$/m.exec(SCENARIO_REQUEST)?.[1]?.trim() ?? '';
const encoder = new TextEncoder();
const { closeFrame, pingFrame, textFrame, unmaskedFrame } = script;

/** What a client sends in one go, and what comes of it as soon as it is whole. */
interface Item {
  bytes: Uint8Array;
  /** How many of them decide what comes of it. */
  needs: number;
  /** What it is answered with; null for nothing. */
  reply: Uint8Array | null;
  /** What is said for it. */
  says: string | null;
  /** The state behind it. */
  state: State;
}

/** Something that the exercise did, or should have done. */
type Deed = { sends: string } | { says: string; to: Fd[] };

const answerTo = (request: string): Uint8Array =>
  new ServerHandshake().feed(encoder.encode(request))?.bytes ?? new Uint8Array(0);
const replyTo = (frame: Uint8Array): Uint8Array | null =>
  [...new Connection('server').receive(frame)].at(-1)?.reply ?? null;

const REFUSED = SCENARIO_REQUEST.replace('GET', 'POST');
/** An item that is decided by its last byte, and comes to nothing but what is named. */
function item(bytes: Uint8Array, state: State, more: Partial<Item> = {}): Item {
  return { bytes, needs: bytes.length, reply: null, says: null, state, ...more };
}

const joins = (request = SCENARIO_REQUEST, state: State = 'open'): Item =>
  item(encoder.encode(request), state, { reply: answerTo(request) });
const says = (text: string): Item => item(textFrame(text), 'open', { says: text });
const ends = (bytes: Uint8Array, needs = bytes.length): Item =>
  item(bytes, 'closing', { needs, reply: replyTo(bytes) });
const late = (bytes: Uint8Array): Item => item(bytes, 'closing');
const PING = item(pingFrame('?'), 'open', {
  reply: encodeFrame(Opcode.pong, encoder.encode('?')),
});

/** The ways of a client: what it sends, from the first byte to the last. */
const WAYS: Item[][] = [
  [joins(), says('one'), PING, says('二'), ends(closeFrame(1000)), late(textFrame('late'))],
  [joins(), says('tick'), says('tack')],
  [joins(), says('x'), ends(unmaskedFrame('no mask'), 2), late(textFrame('late'))],
  [joins(REFUSED, 'closing'), late(encoder.encode(SCENARIO_REQUEST)), late(textFrame('late'))],
];

/** A client of one interleaving. */
class Player {
  readonly client: Client = {
    state: 'handshaking',
    handshake: new ServerHandshake(),
    connection: new Connection('server'),
  };
  readonly fd: Fd;
  /** What should be its state. */
  state: State = 'handshaking';
  readonly #way: readonly Item[];
  readonly #pieces: Uint8Array[];
  #sent = 0;
  #done = 0;

  constructor(fd: Fd, way: readonly Item[], random: Random) {
    this.fd = fd;
    this.#way = way;
    const whole = joinBytes(way.map(({ bytes }) => bytes));
    const cuts = Array.from({ length: random.below(5) }, () => 1 + random.below(whole.length - 1));
    this.#pieces = piecesOf(whole, [...new Set(cuts.sort((a, b) => a - b))]);
    if (random.below(4) === 0) this.#pieces.length = 1; // says no more than this
  }

  get hasMore(): boolean {
    return this.#pieces.length > 0;
  }

  /** The next piece, and the items that are whole with it. */
  next(): { piece: Uint8Array; items: Item[] } {
    const piece = this.#pieces.shift() ?? new Uint8Array(0);
    this.#sent += piece.length;
    const items: Item[] = [];
    let start = joinBytes(this.#way.slice(0, this.#done).map(({ bytes }) => bytes)).length;
    for (const item of this.#way.slice(this.#done)) {
      if (start + item.needs > this.#sent) break;
      start += item.bytes.length;
      items.push(item);
      this.#done++;
    }
    return { piece, items };
  }
}

/** One interleaving of four clients. */
class Interleaving {
  readonly #exercise: Exercise;
  readonly #t: Checker;
  readonly #players: Player[];
  readonly #history: [key: string, values: Record<string, string | number>][] = [];
  readonly #tape: Tape = new Tape(() => this.#tape.turn);

  constructor(exercise: Exercise, t: Checker, random: Random) {
    this.#exercise = exercise;
    this.#t = t;
    this.#players = [4, 5, 6, 7].map((fd) => {
      const way = WAYS[random.below(WAYS.length)] ?? [];
      return new Player(fd, way, random);
    });
    for (const { fd } of this.#players) {
      this.#tape.record({
        step: 'accept',
        listener: LISTENER,
        fd,
        host: '127.0.0.1',
        port: 50_000 + fd,
      });
    }
  }

  run(random: Random): void {
    this.#t.trace = this.#tape.events;
    for (let turn = 1; ; turn++) {
      const ready = this.#players.filter(({ hasMore }) => hasMore);
      const player = ready[random.below(ready.length)];
      if (player === undefined) return;
      this.#deliver(player, turn);
    }
  }

  #deliver(player: Player, turn: number): void {
    const { client, fd, state } = player;
    const { piece, items } = player.next();
    this.#tape.turn = turn;
    this.#history.push([`step.${state}`, { turn, fd, length: piece.length }]);
    const read = [LISTENER, ...this.#players.map((one) => one.fd)];
    const scanned = read.length;
    this.#tape.record({
      step: 'select',
      read,
      write: [],
      readyRead: [fd],
      readyWrite: [],
      scanned,
    });
    this.#tape.record({ step: 'recv', fd, bytes: piece });
    const expected = items.flatMap((item) => this.#expected(player, item));
    const done = this.#call(client, piece);
    for (const deed of done) {
      if ('says' in deed) {
        const bytes = encodeFrame(Opcode.text, encoder.encode(deed.says));
        this.#tape.record({ step: 'broadcast', to: deed.to, bytes });
      } else {
        if (shown(deed) === 'HTTP 101') {
          this.#tape.record({ step: 'handshake', fd, key: KEY, accept: acceptKey(KEY) });
        }
        const length = deed.sends.length / 2;
        this.#tape.record({ step: 'send', fd, length, taken: length });
      }
    }
    const why = this.#misconception(player, state, expected, done);
    if (why !== null)
      this.#fail(() => this.#t.equal(done.map(shown), expected.map(shown), why, { fd }));
    if (client.state !== player.state) {
      this.#fail(() => this.#t.equal(client.state, player.state, 'wrong.state', { fd }));
    }
  }

  /** What an item should come to; the player's state goes on. */
  #expected(player: Player, { reply, says: text, state }: Item): Deed[] {
    player.state = state;
    const hearers = this.#players.filter((one) => one.state === 'open').map(({ fd }) => fd);
    return [
      ...(reply === null ? [] : [{ sends: toHex(reply) }]),
      ...(text === null ? [] : [{ says: text, to: hearers }]),
    ];
  }

  #call(client: Client, piece: Uint8Array): Deed[] {
    const done: Deed[] = [];
    const send = (bytes: Uint8Array): void => {
      const isBytes = bytes instanceof Uint8Array;
      done.push({ sends: isBytes ? toHex(bytes) : `${typeof bytes}, no bytes` });
    };
    const say = (text: string): void => {
      const clients = this.#players.map((player) => player.client);
      const chosen = this.#exercise.hearers(clients);
      this.#t.expect(Array.isArray(chosen), 'wrong.no-list');
      const to = chosen.map((one) => this.#players.find(({ client }) => client === one)?.fd ?? -1);
      done.push({ says: text, to });
    };
    try {
      this.#exercise.receive(client, piece, { send, say });
    } catch (error) {
      this.#fail(() => {
        throw error;
      });
    }
    return done;
  }

  #misconception(
    { fd }: Player,
    state: State,
    expected: readonly Deed[],
    done: readonly Deed[],
  ): string | null {
    const [want, given] = [expected.map(shown), done.map(shown)];
    if (String(want) === String(given)) return null;
    if (state === 'closing') return 'wrong.closing-heard';
    const heard = (one: State): boolean =>
      done.some((deed) => 'says' in deed && deed.to.some((fd) => this.#stateOf(fd) === one));
    if (heard('handshaking')) return 'wrong.hears-handshaking';
    if (heard('closing')) return 'wrong.hears-closing';
    const sorted = (deeds: readonly Deed[]): string => String(deeds.map(inOrder).map(shown));
    if (sorted(expected) === sorted(done)) return 'wrong.order';
    const deaf = expected.map((deed) => shown(withoutHearer(deed, fd)));
    if (state === 'handshaking' && String(given) === String(deaf)) return 'wrong.opens-late';
    if (state === 'handshaking' && given[0] !== want[0]) return 'wrong.not-its-own';
    const isBegun = given.every((deed, i) => deed === want[i]);
    if (state === 'handshaking' && isBegun) return 'wrong.rest-lost';
    return isBegun ? 'wrong.undone' : 'wrong.other';
  }

  #stateOf(fd: Fd): State | undefined {
    return this.#players.find((player) => player.fd === fd)?.state;
  }

  /** Tells what led there, and then what is wrong. */
  #fail(how: () => void): void {
    for (const [key, values] of this.#history) this.#t.step(key, values);
    this.#t.trace = this.#tape.events;
    how();
  }
}

/** A deed with its hearers in the order of the table, each once. */
function inOrder(deed: Deed): Deed {
  return 'says' in deed ? { ...deed, to: [...new Set(deed.to)].sort((a, b) => a - b) } : deed;
}

/** A deed that one client does not hear. */
function withoutHearer(deed: Deed, fd: Fd): Deed {
  return 'says' in deed ? { ...deed, to: deed.to.filter((one) => one !== fd) } : deed;
}

/** A deed in a line. */
function shown(deed: Deed): string {
  if ('says' in deed) return `"${deed.says}" to fd ${deed.to.join(' ')}`;
  const { sends } = deed;
  return sends.startsWith('48545450') ? `HTTP ${statusIn(sends)}` : `send ${sends}`;
}

/** The status of an answer in hex: bytes 9 to 11. */
function statusIn(hex: string): string {
  return hex.slice(18, 24).replace(/3(\d)/g, '$1');
}

export default ((exercise, t) => {
  for (let seed = 1; seed <= INTERLEAVINGS; seed++) {
    t.step('step.interleaving', { seed, of: INTERLEAVINGS });
    const random = new Random(14, seed);
    new Interleaving(exercise, t, random).run(random);
  }
}) satisfies Check<Exercise>;
