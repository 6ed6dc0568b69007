/**
 * One IP address of a simulated network and its ports: who listens there, which connections have
 * them, and which are in TIME_WAIT. What a listener is, is sim-accept.ts's.
 * @module
 */

import type { Address } from './net.js';
import { microsOf, type SimClock } from './sim-clock.js';

/** The first port that is given to who asks for none (RFC 6335 6: the dynamic ports), and the last. */
const FIRST_FREE_PORT = 49_152;
const LAST_PORT = 65_535;
/** How long TIME_WAIT lasts on Linux, in milliseconds. */
const TIME_WAIT_MS = 60_000;

/** One machine. Hosts with the same address are processes of it. */
export class SimMachine<Listener> {
  readonly address: string;
  readonly #clock: SimClock;
  readonly #listeners = new Map<number, Listener>();
  /** How many connections have each local port. */
  readonly #connections = new Map<number, number>();
  /** Until when a port is in TIME_WAIT, in microseconds. */
  readonly #timeWait = new Map<number, number>();
  #nextPort = FIRST_FREE_PORT;

  constructor(address: string, clock: SimClock) {
    this.address = address;
    this.#clock = clock;
  }

  listenerAt(port: number): Listener | undefined {
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

  listen({ port }: Address, listener: Listener): void {
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
