/**
 * What the checks of the lessons play on: a simulated world of their own with a server and named
 * clients, and what the server does as a trace that the stepper shows. Needs nothing of Node.
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import { type Fd, FdSet, type ListenOptions, type Ready, SocketError } from '../net/net.js';
import { type SimHost, type SimHostOptions, SimNet, type SimNetOptions } from '../net/sim.js';
import type { Step, TraceEvent } from '../trace/event.js';
import type { Checker, Values } from './checker.js';

const ADDRESS = { host: 'server', port: 8080 };
const NONE = new FdSet();

/** How a rig is made. */
export interface RigOptions extends SimNetOptions, ListenOptions {
  /** Of the server's simulated process. */
  server?: SimHostOptions;
}

/** A client in a process of its own. */
export class Guest {
  /** Its table of descriptors. */
  readonly net: SimHost;
  /** Its own descriptor of the connection. */
  readonly fd: Fd;
  /** The server's descriptor of it; -1 until it is accepted. */
  at: Fd = -1;
  /** How the connection has ended, as far as it has heard: `FIN`, or an errno name. */
  ended: string | null = null;
  readonly #world: SimNet;

  constructor(world: SimNet, net: SimHost, fd: Fd) {
    this.#world = world;
    this.net = net;
    this.fd = fd;
  }

  /** Sends a text in UTF-8, or bytes. */
  says(what: string | Uint8Array): void {
    const bytes = typeof what === 'string' ? toUtf8(what) : what;
    this.net.send(this.fd, bytes);
  }

  /** Leaves with FIN (`close`) or RST (`reset`), or sends FIN and goes on reading (`shutdown`). */
  leaves(how: 'close' | 'reset' | 'shutdown'): void {
    this.net[how](this.fd);
  }

  /** Reads until nothing more comes. @returns what it has heard, in one */
  async hears(): Promise<Uint8Array> {
    const heard: Uint8Array[] = [];
    const own = new FdSet([this.fd]);
    while (this.ended === null) {
      await this.#world.settle();
      if ((await this.net.select(own, NONE, NONE, 0)).read.length === 0) break;
      try {
        const bytes = this.net.recv(this.fd, 65_536);
        if (bytes.length === 0) this.ended = 'FIN';
        heard.push(bytes);
      } catch (error) {
        if (!(error instanceof SocketError)) throw error;
        this.ended = error.code;
      }
    }
    return joinBytes(heard);
  }
}

/** A server that listens in a world of its own. Made by {@link openRig}. */
export class Rig {
  /** The world, for its rules and its clock. */
  readonly world: SimNet;
  /** The server's table of descriptors. */
  readonly server: SimHost;
  /** The listener's descriptor, 3. */
  readonly listener: Fd;
  /** What the server has done. */
  readonly events: TraceEvent[] = [];
  /** The number of the turn; 0 before the first select. */
  turn = 0;
  readonly #t: Checker;

  constructor(t: Checker, world: SimNet, server: SimHost, listener: Fd) {
    this.#t = t;
    this.world = world;
    this.server = server;
    this.listener = listener;
  }

  /** Says what is tried next, as {@link Checker.step} does; a failure shows the trace of this server. */
  step(key: string, values: Values = {}): void {
    this.#t.step(key, values);
    this.#t.trace = this.events;
  }

  /** Writes a step of the server into its trace. */
  note(step: Step): void {
    const { turn, events } = this;
    events.push({ v: 1, seq: events.length, turn, t: this.server.now(), ...step });
  }

  /** Connects a client. It waits in the listener's queue. */
  async connects(name: string, options: SimHostOptions = {}): Promise<Guest> {
    const net = this.world.host(name, options);
    const fd = await net.connect(ADDRESS);
    await this.world.settle();
    return new Guest(this.world, net, fd);
  }

  /** Connects a client and accepts it. */
  async joins(name: string, options: SimHostOptions = {}): Promise<Guest> {
    const guest = await this.connects(name, options);
    guest.at = this.accept();
    return guest;
  }

  /** Begins a turn. @param timeoutMs 0 looks what is ready now */
  async select(read: FdSet, write: FdSet = NONE, timeoutMs: number | null = 0): Promise<Ready> {
    const watched = { read: [...read], write: [...write] };
    const ready = await this.server.select(read, write, NONE, timeoutMs);
    this.turn++;
    const { read: readyRead, write: readyWrite, scanned } = ready;
    this.note({ step: 'select', ...watched, readyRead, readyWrite, scanned });
    return ready;
  }

  /** Takes a client out of the queue. @returns the server's descriptor of it */
  accept(): Fd {
    const { listener } = this;
    const fd = this.server.accept(listener);
    this.note({ step: 'accept', listener, fd, ...this.server.getpeername(fd) });
    return fd;
  }

  /** Takes bytes that have arrived; in the trace, a failure is none. */
  recv(fd: Fd, length = 2_048): Uint8Array {
    const bytes = this.server.recv(fd, length);
    this.note({ step: 'recv', fd, bytes });
    return bytes;
  }

  /** Sends. @returns how many bytes were taken */
  send(fd: Fd, bytes: Uint8Array): number {
    const taken = this.server.send(fd, bytes);
    this.note({ step: 'send', fd, length: bytes.length, taken });
    return taken;
  }

  /** How often each of `turns` selects finds a descriptor ready which nobody serves: what a busy loop does. */
  async spins(fd: Fd, watch: 'read' | 'write', turns = 100): Promise<number> {
    const alone = new FdSet([fd]);
    const sets: [FdSet, FdSet] = watch === 'read' ? [alone, NONE] : [NONE, alone];
    let ready = 0;
    for (let i = 0; i < turns; i++) {
      ready += (await this.server.select(...sets, NONE, 1_000))[watch].length;
    }
    return ready;
  }
}

/**
 * Opens a server that listens.
 *
 * ```ts
 * import { FdSet } from 'loopscope';
 * import { Checker, openRig } from 'loopscope/lesson';
 *
 * const rig = await openRig(new Checker(() => {}));
 * const ada = await rig.joins('Ada');
 * ada.says('hello');
 * const { read } = await rig.select(new FdSet([rig.listener, ada.at]), new FdSet(), 1_000);
 * console.log(read, rig.recv(ada.at).length); // [ 4 ] 5
 * console.log(rig.events.map(({ step }) => step).join(' ')); // accept select recv
 * ```
 *
 * @param t is told the steps
 */
export async function openRig(
  t: Checker,
  { server: process = {}, backlog = 511, reuseAddress = true, ...simulated }: RigOptions = {},
): Promise<Rig> {
  const world = new SimNet(simulated);
  const server = world.host('server', process);
  const listener = await server.listen(ADDRESS, { backlog, reuseAddress });
  return new Rig(t, world, server, listener);
}

/** A trace of steps, each in a turn of its own, where no server plays. */
export function traceOf(steps: readonly Step[]): TraceEvent[] {
  return steps.map((step, i) => ({ v: 1, seq: i, turn: i + 1, t: i, ...step }));
}

/** Cuts bytes at these places, given in order, into pieces of their own. */
export function piecesOf(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts, bytes.length];
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
}
