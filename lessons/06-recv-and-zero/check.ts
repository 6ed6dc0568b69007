import {
  type Fd,
  FdSet,
  type Net,
  Random,
  type SimHost,
  SimNet,
  SocketError,
  type Step,
  type TraceEvent,
  toHex,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/node';
import type { Client } from './exercise.js';

type Exercise = typeof import('./exercise.js');
type Way = 'close' | 'reset' | 'shutdown';

const none = new FdSet();
const WAYS: readonly Way[] = ['close', 'reset', 'shutdown'];
/** Turns that a forgotten client gets, to show what becomes of it. */
const SPIN_TURNS = 100;

/** A client in its own host. */
interface Peer {
  net: SimHost;
  fd: Fd;
  /** The server's descriptor for it. */
  at: Fd;
}

/** An echo server whose recv branch is the exercise's. */
class Loop {
  readonly clients = new Map<Fd, Client>();
  readonly read: FdSet;
  /** What was heard in this turn, in hex, by descriptor. */
  readonly heard: string[] = [];
  readonly #exercise: Exercise;
  readonly #t: Checker;
  readonly #host: SimHost;
  readonly #listener: Fd;
  readonly #events: TraceEvent[] = [];
  #turn = 0;

  constructor(exercise: Exercise, t: Checker, host: SimHost, listener: Fd) {
    this.#exercise = exercise;
    this.#t = t;
    this.#host = host;
    this.#listener = listener;
    this.read = new FdSet([listener]);
  }

  /** One turn. @returns what select reported */
  async turn(): Promise<Fd[]> {
    this.#turn++;
    this.heard.length = 0;
    const watched = [...this.read];
    const { read: readyRead, scanned } = await this.#host.select(this.read, none, none, 0);
    this.#note({ step: 'select', read: watched, write: [], readyRead, readyWrite: [], scanned });
    for (const fd of readyRead) {
      if (fd === this.#listener) this.#accept();
      else await this.#serve(fd);
    }
    return readyRead;
  }

  #accept(): void {
    const listener = this.#listener;
    const fd = this.#host.accept(listener);
    this.clients.set(fd, { uname: `client ${fd}` });
    this.read.add(fd);
    this.#note({ step: 'accept', listener, fd, ...this.#host.getpeername(fd) });
  }

  async #serve(fd: Fd): Promise<void> {
    const t: Checker = this.#t;
    t.step('step.serve', { turn: this.#turn, fd });
    t.trace = this.#events;
    const others = [...this.clients.keys()].filter((other) => other !== fd);
    const end = this.#call(fd);
    if (end === null) {
      t.expect(this.clients.has(fd) && this.read.has(fd), 'wrong.short', { fd });
    } else await this.#checkGone(fd, end);
    const left = [...this.clients.keys()].filter((other) => other !== fd);
    t.equal(left, others, 'wrong.others');
  }

  /** Lets the exercise serve a client. @returns how the client left, null if it did not */
  #call(fd: Fd): 'FIN' | 'RST' | null {
    const t: Checker = this.#t;
    let end: 'FIN' | 'RST' | null = null;
    let calls = 0;
    const recv = (from: Fd, length: number): Uint8Array => {
      calls++;
      try {
        const bytes = this.#host.recv(from, length);
        this.#note({ step: 'recv', fd: from, bytes });
        if (bytes.length === 0) end = 'FIN';
        return bytes;
      } catch (error) {
        if (error instanceof SocketError && error.code === 'ECONNRESET') end = 'RST';
        throw error;
      }
    };
    const hear = (from: Fd, bytes: Uint8Array): void => {
      t.expect(bytes?.length > 0, 'wrong.empty-message', { fd });
      this.heard.push(`${from}: ${toHex(bytes)}`);
      this.#host.send(from, bytes);
    };
    try {
      this.#exercise.serveClient(tap(this.#host, recv), fd, this.clients, this.read, hear);
    } catch (error) {
      if (end === 'RST' && error instanceof SocketError) t.fail('wrong.reset-throws', { fd });
      throw error;
    }
    t.expect(calls === 1, 'wrong.one-recv', { fd, calls });
    return end;
  }

  /** Nothing may be left of a client that has gone. */
  async #checkGone(fd: Fd, end: 'FIN' | 'RST'): Promise<void> {
    const t: Checker = this.#t;
    this.#note({ step: 'disconnect', fd, cause: end === 'FIN' ? 'fin' : 'reset' });
    const isOpen = this.#host.openFds.includes(fd);
    if (this.read.has(fd) && isOpen) {
      const alone = new FdSet([fd]);
      let turns = 0;
      for (let i = 0; i < SPIN_TURNS; i++) {
        turns += (await this.#host.select(alone, none, none, 1_000)).read.length;
      }
      t.fail('wrong.spins', { fd, turns, end });
    }
    t.expect(!this.read.has(fd), 'wrong.closed-but-watched', { fd });
    t.expect(!isOpen, 'wrong.leak', { fd, end });
    t.expect(!this.clients.has(fd), 'wrong.in-table', { fd });
  }

  #note(step: Step): void {
    const seq = this.#events.length;
    this.#events.push({ v: 1, seq, turn: this.#turn, t: this.#host.now(), ...step });
  }
}

/** A host with another recv. */
function tap(host: SimHost, recv: Net['recv']): Net {
  return new Proxy<Net>(host, {
    get(_, name) {
      const value: unknown = name === 'recv' ? recv : Reflect.get(host, name, host);
      return typeof value === 'function' ? value.bind(host) : value;
    },
  });
}

/** What a client hears to the end: bytes in hex, and FIN or the code of an error. */
async function hearAll({ net, fd }: Peer): Promise<string> {
  let all = '';
  for (;;) {
    await net.select(new FdSet([fd]), none, none, 1_000);
    try {
      const bytes = net.recv(fd, 2_048);
      if (bytes.length === 0) return `${all} FIN`;
      all += toHex(bytes);
    } catch (error) {
      return `${all} ${error instanceof SocketError ? error.code : error}`;
    }
  }
}

export default (async (exercise, t) => {
  const world = new SimNet();
  const server = world.host('server');
  const listener = await server.listen({ host: 'server', port: 8080 });
  const loop = new Loop(exercise, t, server, listener);
  let count = 0;
  const join = async (): Promise<Peer> => {
    const net = world.host(`client-${++count}`);
    const fd = await net.connect({ host: 'server', port: 8080 });
    await world.settle();
    await loop.turn();
    const at = [...loop.clients.keys()].at(-1) ?? -1;
    t.step('step.joins', { fd: at });
    return { net, fd, at };
  };
  const says = (peer: Peer, text: string): void => {
    t.step('step.says', { fd: peer.at, text, bytes: text.length });
    peer.net.send(peer.fd, new TextEncoder().encode(text));
  };
  const leaves = (peer: Peer, way: Way): void => {
    t.step(`step.${way}`, { fd: peer.at });
    peer.net[way](peer.fd);
  };
  const turn = async (): Promise<void> => {
    await world.settle();
    await loop.turn();
  };

  // what is said is heard, however short it is
  const ada = await join();
  for (const text of ['hello, everyone', 'hi', '!']) {
    says(ada, text);
    await turn();
    const heard = `${ada.at}: ${toHex(new TextEncoder().encode(text))}`;
    t.equal(loop.heard, [heard], 'wrong.not-heard', { bytes: text.length });
  }

  // each way to leave, alone; a half-closed client still gets its answer
  for (const way of WAYS) {
    const peer = await join();
    if (way === 'shutdown') says(peer, 'bye');
    leaves(peer, way);
    for (let i = 0; i < 3; i++) await turn();
    if (way === 'shutdown') t.equal(await hearAll(peer), '627965 FIN', 'wrong.last-bytes');
  }

  // many, in a seeded order, several a turn: nothing of them is left
  const random = new Random(6);
  const peers: Peer[] = [ada];
  for (let i = 0; i < 40; i++) peers.push(await join());
  while (peers.length > 0) {
    for (let i = Math.min(peers.length, 1 + random.below(3)); i > 0; i--) {
      const [peer] = peers.splice(random.below(peers.length), 1);
      if (peer !== undefined) leaves(peer, WAYS[random.below(3)] as Way);
    }
    const [other] = peers;
    if (other !== undefined) says(other, 'hm');
    await turn();
    if (other !== undefined)
      t.equal(loop.heard, [`${other.at}: 686d`], 'wrong.not-heard', { bytes: 2 });
  }
  t.equal(server.openFds, [listener], 'wrong.leak', { fd: server.openFds.at(-1) ?? 0, end: 'FIN' });
}) satisfies Check<Exercise>;
