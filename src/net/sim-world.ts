/**
 * What all hosts of a simulated network share: the clock, the links between hosts, the rules, and
 * which machine has which address. Who runs when is not its business.
 * @module
 */

import { failing } from '../texts/errors.js';
import { microsOf, type SimClock } from './sim-clock.js';
import { SimMachine } from './sim-machine.js';
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

/** What all hosts share; `Listener` is who listens at the ports of its machines. */
export class SimWorld<Listener = unknown> {
  readonly clock: SimClock;
  readonly seed: number;
  readonly rules: Rule[] = [];
  readonly #defaultLink: LinkOptions;
  readonly #links = new Map<string, Link>();
  readonly #machines = new Map<string, SimMachine<Listener>>();
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
  enter(name: string, address: string): SimMachine<Listener> {
    if (this.#names.has(name)) throw failing(TypeError, 'sim.host', { name });
    this.#names.set(name, address);
    const machine = this.#machines.get(address) ?? new SimMachine<Listener>(address, this.clock);
    this.#machines.set(address, machine);
    return machine;
  }

  /** The machine that a name or an address means to one machine; null when there is none. */
  resolve(host: string, self: SimMachine<Listener>): SimMachine<Listener> | null {
    if (SELF.has(host)) return self;
    return this.#machines.get(this.#names.get(host) ?? host) ?? null;
  }
}

/** Names that every machine has for itself. */
const SELF = new Set(['localhost', '127.0.0.1', '0.0.0.0', '::1', '::', '']);

function micros(name: string, ms: number): number {
  if (ms >= 0 && Number.isFinite(ms)) return microsOf(ms);
  throw failing(RangeError, 'sim.milliseconds', { name, ms });
}
