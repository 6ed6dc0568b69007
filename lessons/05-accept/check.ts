import {
  type Fd,
  FdSet,
  type Net,
  type SimHost,
  SimNet,
  type Step,
  type TraceEvent,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/node';
import type { Client } from './exercise.js';

type Exercise = typeof import('./exercise.js');

const NAMES = ['Ada', 'Ming', 'Grace'];
const none = new FdSet();

/** A server's host that notes which calls an exercise makes. */
class Tap {
  readonly net: Net;
  /** What accept returned, call by call; null where nobody waited: a blocking call would stand still. */
  accepted: (Fd | null)[] = [];
  reads = 0;

  constructor(host: SimHost) {
    const accept = (listener: Fd): Fd => {
      this.accepted.push(null);
      const fd = host.accept(listener);
      this.accepted[this.accepted.length - 1] = fd;
      return fd;
    };
    const recv = (fd: Fd, length: number): Uint8Array => {
      this.reads++;
      return host.recv(fd, length);
    };
    this.net = new Proxy<Net>(host, {
      get(_, name) {
        if (name === 'accept') return accept;
        if (name === 'recv') return recv;
        const value: unknown = Reflect.get(host, name, host);
        return typeof value === 'function' ? value.bind(host) : value;
      },
    });
  }
}

/** A server whose accept branch is the exercise's. */
class Loop {
  readonly clients = new Map<Fd, Client>();
  readonly read: FdSet;
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
    const ready = await this.#host.select(this.read, none, none, 0);
    this.#turn++;
    const { read: readyRead, scanned } = ready;
    const watched = [...this.read];
    this.#note({ step: 'select', read: watched, write: [], readyRead, readyWrite: [], scanned });
    for (const fd of readyRead) {
      if (fd === this.#listener) this.#accept();
      else this.#note({ step: 'recv', fd, bytes: this.#host.recv(fd, 2_048) });
    }
    return readyRead;
  }

  /** A client is out of the table and its connection closed. */
  forget(fd: Fd): void {
    this.clients.delete(fd);
    this.read.delete(fd);
    this.#host.close(fd);
  }

  #accept(): void {
    const t: Checker = this.#t;
    const listener = this.#listener;
    const before = new Set(this.clients.keys());
    t.step('step.accept', { turn: this.#turn, listener });
    t.trace = this.#events;
    const tap = new Tap(this.#host);
    const returned = this.#exercise.acceptClient(tap.net, listener, this.clients, this.read);
    const [fd, ...more] = tap.accepted;
    t.expect(fd !== undefined && fd !== null, 'wrong.not-accepted', { listener });
    this.#note({ step: 'accept', listener, fd, ...this.#host.getpeername(fd) });
    t.expect(more.length === 0, 'wrong.accepts-again', { calls: tap.accepted.length });
    t.expect(tap.reads === 0, 'wrong.reads', { fd });
    t.expect(!this.clients.has(listener), 'wrong.listener-as-client', { fd, listener });
    const entered = [...this.clients.keys()].filter((key) => !before.has(key));
    t.equal(entered, [fd], 'wrong.number', { fd });
    const { uname, handshake } = this.clients.get(fd) ?? {}; // there may be more in a row
    t.equal({ uname, handshake }, { uname: '', handshake: false }, 'wrong.row', { fd });
    const rows = new Set(this.clients.values());
    t.expect(rows.size === this.clients.size, 'wrong.shared-row', { fd });
    t.expect(this.read.has(fd), 'wrong.not-watched', { fd });
    t.expect(this.read.has(listener), 'wrong.listener-dropped', { listener });
    t.equal(returned, fd, 'wrong.number', { fd });
  }

  #note(step: Step): void {
    const seq = this.#events.length;
    this.#events.push({ v: 1, seq, turn: this.#turn, t: this.#host.now(), ...step });
  }
}

export default (async (exercise, t) => {
  const world = new SimNet();
  const server = world.host('server');
  const listener = await server.listen({ host: 'server', port: 8080 }, { backlog: 9 });
  const loop = new Loop(exercise, t, server, listener);
  const connect = async (name: string): Promise<(text: string) => void> => {
    t.step('step.connect', { name });
    const client = world.host(name);
    const fd = await client.connect({ host: 'server', port: 8080 });
    await world.settle();
    return (text) => client.send(fd, new TextEncoder().encode(text));
  };

  const speak = [];
  for (const name of NAMES) speak.push(await connect(name)); // all three before the first turn
  for (const _ of NAMES) await loop.turn();
  t.equal(await loop.turn(), [], 'wrong.rest');

  t.step('step.leaves', { name: 'Ada', fd: 4 });
  loop.forget(4);
  await connect('Lin'); // gets the number that has become free
  t.step('step.speaks', { name: 'Grace' });
  speak[2]?.('hello');
  await world.settle();
  t.equal(await loop.turn(), [listener, 6], 'wrong.rest');
  t.equal([...loop.read], [listener, 5, 6, 4], 'wrong.rest');
}) satisfies Check<Exercise>;
