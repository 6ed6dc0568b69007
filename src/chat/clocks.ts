/**
 * The clocks of a server's clients: how long each has for its handshake, for a sign of life, and
 * for the end.
 * @module
 */

import { Deadlines } from '../net/deadlines.js';
import type { Client } from './client.js';
import type { Limits } from './limits.js';

/** What the clocks say at one moment. */
export interface Struck {
  /** Their time is over. */
  over: Client[];
  /** Open, and not heard for an interval: they are to be sent a ping. */
  quiet: Client[];
}

/** One clock a client at a time, or two at its end. */
export class Clocks {
  readonly #handshakes: Deadlines<Client>;
  readonly #quiet: Deadlines<Client>;
  readonly #pongs: Deadlines<Client>;
  readonly #closings: Deadlines<Client>;

  constructor(limits: Limits) {
    this.#handshakes = new Deadlines(limits.handshakeTimeoutMs);
    this.#quiet = new Deadlines(limits.pingIntervalMs);
    this.#pongs = new Deadlines(limits.pongTimeoutMs);
    this.#closings = new Deadlines(limits.closeTimeoutMs);
  }

  /** A client is there. */
  accepted(client: Client, now: number): void {
    this.#handshakes.start(client, now);
  }

  /** Its handshake is done. */
  opened(client: Client, now: number): void {
    this.#handshakes.stop(client);
    this.#quiet.start(client, now);
  }

  /** Our Close, or our last bytes, are on their way. */
  closing(client: Client, now: number): void {
    this.stop(client);
    this.#closings.start(client, now);
  }

  /** It is gone. */
  stop(client: Client): void {
    this.#handshakes.stop(client);
    this.#quiet.stop(client);
    this.#pongs.stop(client);
    this.#closings.stop(client);
  }

  /** When the next clock strikes; null when none runs. */
  get next(): number | null {
    const next = Math.min(
      this.#handshakes.next ?? Infinity,
      this.#quiet.next ?? Infinity,
      this.#pongs.next ?? Infinity,
      this.#closings.next ?? Infinity,
    );
    return next === Infinity ? null : next;
  }

  /** Takes out whose clock has struck. What was heard since is looked at now, not with every word. */
  struck(now: number): Struck {
    const over = [...this.#handshakes.expired(now), ...this.#closings.expired(now)];
    for (const client of this.#pongs.expired(now)) {
      if (client.heard) this.#listenOn(client, now);
      else over.push(client);
    }
    const quiet: Client[] = [];
    for (const client of this.#quiet.expired(now)) {
      if (client.heard) {
        this.#listenOn(client, now);
      } else {
        this.#pongs.start(client, now);
        quiet.push(client);
      }
    }
    return { over, quiet };
  }

  #listenOn(client: Client, now: number): void {
    client.heard = false;
    this.#quiet.start(client, now);
  }
}
