/**
 * What all hosts of a simulated network share: the clock, the links between hosts, the rules, and
 * the machines with their ports. Who runs when is not its business.
 * @module
 */

import type { Address, Fd } from './net.js';
import type { SimListener } from './sim-accept.js';
import { microsOf, type SimClock } from './sim-clock.js';
import type { SimHost } from './sim-host.js';
import type { Rule } from './sim-rules.js';

/** How long what is sent between two hosts is on its way, in microseconds. */
export interface Link {
  latency: number;
  /** At most so much more, at random. */
  jitter: number;
}

/** How long what is sent between two hosts is on its way. */
export interface LinkOptions {
  /** Milliseconds, one way. Default 1. */
  latencyMs?: number;
  /** At most so many milliseconds more, by the seed; the order within a connection stays. Default 0. */
  jitterMs?: number;
}

/** The step `arrive` of a trace, and which connection it is about. */
export interface SimArrival {
  /** Says which step it is. */
  step: 'arrive';
  /** Where it waits: the connection, or the listener in whose queue the connection still is. */
  fd: Fd;
  /** What came. */
  kind: 'connect' | 'bytes' | 'fin' | 'reset';
  /** Bytes that came; 0 for the other kinds. */
  length: number;
  /** Which connection, since one that waits for accept has no fd: 1 for the first `connect` of the world. */
  connection: number;
}

/** What all hosts share. */
export class SimWorld {
  readonly clock: SimClock;
  readonly seed: number;
  readonly rules: Rule[] = [];
  /** Is told of everything that comes in at a host. */
  arrived: ((host: SimHost, step: SimArrival) => void) | null = null;
  readonly #defaultLink: LinkOptions;
  readonly #links = new Map<string, Link>();
  readonly #machines = new Map<string, Machine>();
  /** Addresses by the names of the hosts. */
  readonly #names = new Map<string, string>();
  #connections = 0;

  constructor(clock: SimClock, seed: number, link: LinkOptions) {
    this.clock = clock;
    this.seed = seed;
    this.#defaultLink = link;
  }

  /** The number of the next connection. */
  nextConnection(): number {
    return ++this.#connections;
  }

  /** The link between two hosts, the same both ways. */
  link(a: string, b: string): Link {
    const key = JSON.stringify([a, b].sort());
    let link = this.#links.get(key);
    if (link === undefined) {
      const { latencyMs = 1, jitterMs = 0 } = this.#defaultLink;
      link = { latency: micros('latencyMs', latencyMs), jitter: micros('jitterMs', jitterMs) };
      this.#links.set(key, link);
    }
    return link;
  }

  /** Changes a link, for what is sent from now on. */
  setLink(a: string, b: string, { latencyMs, jitterMs }: LinkOptions): void {
    const link = this.link(a, b);
    if (latencyMs !== undefined) link.latency = micros('latencyMs', latencyMs);
    if (jitterMs !== undefined) link.jitter = micros('jitterMs', jitterMs);
  }

  /** The machine of an address, made when a host first has it. */
  enter(name: string, address: string): Machine {
    if (this.#names.has(name)) throw new TypeError(`there is a host ${name} already`);
    this.#names.set(name, address);
    const machine = this.#machines.get(address) ?? new Machine(address, this.clock);
    this.#machines.set(address, machine);
    return machine;
  }

  /** The machine that a name or an address means to one machine; null when there is none. */
  resolve(host: string, self: Machine): Machine | null {
    if (SELF.has(host)) return self;
    return this.#machines.get(this.#names.get(host) ?? host) ?? null;
  }
}

/** Names that every machine has for itself. */
const SELF = new Set(['localhost', '127.0.0.1', '0.0.0.0', '::1', '::', '']);

function micros(name: string, ms: number): number {
  if (ms >= 0 && Number.isFinite(ms)) return microsOf(ms);
  throw new RangeError(`${name} ${ms}: give milliseconds, 0 or more`);
}

/** The first port that is given to who asks for none (RFC 6335 6: the dynamic ports), and the last. */
const FIRST_FREE_PORT = 49_152;
const LAST_PORT = 65_535;
/** How long TIME_WAIT lasts on Linux, in milliseconds. */
const TIME_WAIT_MS = 60_000;

/** One IP address and its ports. Hosts with the same address are processes of one machine. */
export class Machine {
  readonly address: string;
  readonly #clock: SimClock;
  readonly #listeners = new Map<number, SimListener>();
  /** How many connections have each local port. */
  readonly #connections = new Map<number, number>();
  /** Until when a port is in TIME_WAIT, in microseconds. */
  readonly #timeWait = new Map<number, number>();
  #nextPort = FIRST_FREE_PORT;

  constructor(address: string, clock: SimClock) {
    this.address = address;
    this.#clock = clock;
  }

  listenerAt(port: number): SimListener | undefined {
    return this.#listeners.get(port);
  }

  /** Tells whether connections have a port, or had it in the last minute: SO_REUSEADDR is about these. */
  lingers(port: number): boolean {
    if (this.#connections.has(port)) return true;
    const until = this.#timeWait.get(port);
    if (until === undefined) return false;
    if (until > this.#clock.now) return true;
    this.#timeWait.delete(port);
    return false;
  }

  /** A port that nothing has; null when there is none. The same order in every world. */
  freePort(): number | null {
    for (let tried = FIRST_FREE_PORT; tried <= LAST_PORT; tried++) {
      const port = this.#nextPort;
      this.#nextPort = port === LAST_PORT ? FIRST_FREE_PORT : port + 1;
      if (!this.#listeners.has(port) && !this.lingers(port)) return port;
    }
    return null;
  }

  listen({ port }: Address, listener: SimListener): void {
    this.#listeners.set(port, listener);
  }

  unlisten({ port }: Address): void {
    this.#listeners.delete(port);
  }

  /** A connection has this port at our end. */
  retain({ port }: Address): void {
    this.#connections.set(port, (this.#connections.get(port) ?? 0) + 1);
  }

  /** It is over. */
  release({ port }: Address, timeWait: boolean): void {
    const left = (this.#connections.get(port) ?? 0) - 1;
    if (left > 0) this.#connections.set(port, left);
    else this.#connections.delete(port);
    if (timeWait) this.#timeWait.set(port, this.#clock.now + microsOf(TIME_WAIT_MS));
  }
}
