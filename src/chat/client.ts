/**
 * What a server knows of one connection, from accept to close.
 * @module
 */

import type { Address, Fd } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import type { DisconnectCause } from '../trace/event.js';
import type { Connection, Received } from '../websocket/connection.js';
import type { DeflateParameters } from '../websocket/deflate-offer.js';
import type { AcceptedRequest, ServerHandshake } from '../websocket/handshake.js';
import { type Limits, Rate } from './limits.js';
import { originProblem } from './origin.js';

/**
 * How far a connection is:
 * - `handshake`: its request is not whole yet.
 * - `open`: it is a member: it may send and is sent messages.
 * - `leaving`: nothing that it sends counts; its last bytes go out, then it is closed.
 * - `refused`: as `leaving`, but behind the last bytes we only send FIN, and then it is `draining`:
 *   what it still sends is read and dropped until its own FIN. Closing at once would answer those
 *   bytes with RST, which can overtake our last bytes and destroy them.
 * - `closed`: its descriptor is given back.
 */
export type Phase = 'handshake' | 'open' | 'leaving' | 'refused' | 'draining' | 'closed';

/**
 * What takes a connection from one phase to another:
 * - `agreed`: its handshake is done.
 * - `left`: the peer has gone, or has said its Close.
 * - `refused`: it is sent away: it broke a rule, or there is no room.
 * - `sent`: its last bytes are out.
 * - `fin`: it had left, and now its FIN came.
 * - `cut`: its connection is closed, whatever may still be on its way.
 */
export type Move = 'agreed' | 'left' | 'refused' | 'sent' | 'fin' | 'cut';

/** The moves out of each phase, and where each leads. */
type Transitions = Readonly<Record<Phase, Readonly<Partial<Record<Move, Phase>>>>>;

// #region lesson-phases
const PHASES: Transitions = {
  handshake: { agreed: 'open', left: 'leaving', refused: 'refused', cut: 'closed' },
  open: { left: 'leaving', refused: 'refused' },
  leaving: { sent: 'closed', fin: 'leaving', cut: 'closed' },
  refused: { sent: 'draining', fin: 'leaving', cut: 'closed' },
  draining: { fin: 'leaving', cut: 'closed' },
  closed: {},
};
// #endregion

/** Who leaves, why, and how: with its last bytes (`left`, `refused`), or at once (`cut`). @internal */
export interface Leaving {
  client: Client;
  cause: DisconnectCause;
  how: 'left' | 'refused' | 'cut';
}

/** One connection of a server. */
export class Client {
  /** Its descriptor. */
  readonly fd: Fd;
  /** Where it comes from. */
  readonly address: Address;
  /** The subprotocol that was agreed on; null for none. */
  protocol: string | null = null;
  /** Let go when it is done: a client may be here for hours, and most of them are quiet. @internal */
  handshake: ServerHandshake | null;
  /** @internal */
  connection: Connection;
  /** @internal */
  readonly outbox = new Outbox();
  /** What it has said beyond its share of a turn; while this waits, nothing more is taken from it. @internal */
  waiting: Iterator<Received, void> | null = null;
  /** Whether it gave a sign of life since its clock was last looked at. @internal */
  heard = false;
  /** Whether the end of the turn has to look after it. @internal */
  isDirty = false;
  /** @internal */
  readonly rate = new Rate();
  readonly #limits: Limits;
  #phase: Phase = 'handshake';

  /** @internal */
  constructor(fd: Fd, address: Address, limits: Limits, date: (() => Date) | null = null) {
    this.fd = fd;
    this.address = address;
    this.#limits = limits;
    this.handshake = limits.parts.handshake({
      maxLength: limits.maxHandshakeLength,
      deflate: limits.deflate !== null,
      refuses: (headers) => originProblem(headers, limits),
      protocols: limits.protocols,
      date,
    });
    this.connection = this.#newConnection(null);
  }

  /** How far it is. */
  get phase(): Phase {
    return this.#phase;
  }

  /** Takes it further. @returns its new phase @internal */
  move(move: Move): Phase {
    const next = PHASES[this.#phase][move];
    if (next === undefined) throw new Error(`bug: ${move} in the phase ${this.#phase}`);
    this.#phase = next;
    return next;
  }

  /** Its handshake has agreed on a subprotocol, on compression, or on neither. @internal */
  agreeOn({ protocol, deflate }: AcceptedRequest): void {
    this.protocol = protocol;
    if (deflate !== null) this.connection = this.#newConnection(deflate);
  }

  /** Whether messages may be sent to it: its handshake is done, and no Close went out. */
  get isOpen(): boolean {
    return this.#phase === 'open' && this.connection.state === 'open';
  }

  /** Whether it has left, and only its last bytes matter. */
  get hasLeft(): boolean {
    return this.#phase !== 'handshake' && this.#phase !== 'open';
  }

  #newConnection(parameters: DeflateParameters | null): Connection {
    const { maxMessageLength, maxFragments, deflate: compression, tools, parts } = this.#limits;
    const deflate = parameters && compression && { parameters, compression };
    return parts.connection({ maxMessageLength, maxFragments, deflate, tools });
  }
}
