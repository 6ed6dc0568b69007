/**
 * What a server knows of one connection, from accept to close.
 * @module
 */

import type { Address, Fd } from '../net/net.js';
import { Outbox } from '../net/outbox.js';
import type { Connection } from '../websocket/connection.js';
import { ServerHandshake } from '../websocket/handshake.js';

/**
 * How far a connection is:
 * - `handshake`: its request is not whole yet.
 * - `open`: it is a member: it may send and is sent messages.
 * - `leaving`: nothing that it sends counts; its last bytes go out, then it is closed.
 * - `refused`: as `leaving`, but behind the last bytes we only send FIN, and then it is `draining`:
 *   what it still sends is read and dropped until its own FIN. Closing at once would answer those
 *   bytes with RST, which can overtake our last bytes and destroy them.
 */
export type Phase = 'handshake' | 'open' | 'leaving' | 'refused' | 'draining';

/** One connection of a server. */
export class Client {
  /** Its descriptor. */
  readonly fd: Fd;
  /** Where it comes from. */
  readonly address: Address;
  /** How far it is. */
  phase: Phase = 'handshake';
  /** @internal */
  readonly handshake: ServerHandshake;
  /** @internal */
  connection: Connection;
  /** @internal */
  readonly outbox = new Outbox();

  /** @internal */
  constructor(fd: Fd, address: Address, connection: Connection, handshake = new ServerHandshake()) {
    this.fd = fd;
    this.address = address;
    this.connection = connection;
    this.handshake = handshake;
  }

  /** Whether messages may be sent to it: its handshake is done, and no Close went out. */
  get isOpen(): boolean {
    return this.phase === 'open' && this.connection.state === 'open';
  }

  /** Whether it has left, and only its last bytes matter. */
  get hasLeft(): boolean {
    return this.phase !== 'handshake' && this.phase !== 'open';
  }
}
