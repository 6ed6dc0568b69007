/**
 * The server that a scenario is played against, seen from outside: where it is, whether it is done
 * with what it was sent, and how to stop it for a while.
 * @module
 */

import type { Address } from '../net/net.js';

/** What the player knows of one of its connections. Counts are bytes. */
export interface Connected {
  /** The client's name. */
  readonly client: string;
  /** Our own port: the server's peer port. */
  readonly port: number;
  /** Bytes that were handed to the network for the server. */
  readonly sent: number;
  /** Bytes that came from the server. */
  readonly received: number;
  /** Whether the client reads; one that does not is no reason to wait. */
  readonly reading: boolean;
  /** What the client has done to end its connection. */
  readonly ended: 'close' | 'shutdown' | 'reset' | null;
  /** How the server has ended it, as far as it came in. */
  readonly endedByServer: 'fin' | 'reset' | null;
}

/**
 * What a server is at: `idle` waits in select and has dealt with all that was sent; `stalled`
 * stands still in a blocking call; `dead` has ended.
 */
export type OpponentState = 'busy' | 'idle' | 'stalled' | 'dead';

/** A server to play against. */
export interface Opponent {
  /** Where it listens. */
  readonly address: Address;
  /** What it is at, given what every connection has sent and got so far. Asked again and again. */
  state(connections: readonly Connected[]): OpponentState | Promise<OpponentState>;
  /**
   * Whether it has taken all that was sent, however far it is with that: asked where it is known already
   * what it answers, as this takes less time than `state`. Where it is absent, that cannot be told.
   */
  hasTaken?(connections: readonly Connected[]): boolean;
  /** Stops it, so that bytes pile up in front of it. */
  pause(): void;
  /** Lets it go on. */
  resume(): void;
  /** What it said of itself when it died (its last words on standard error), for the message. */
  lastWords?(): string;
}
