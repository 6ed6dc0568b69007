/**
 * What runs on a server, and what it is given: the members, to whom it may say something, and whom it
 * may send away. What it says goes out at the end of the turn.
 * @module
 */

import type { Step } from '../trace/event.js';
import { Message } from '../websocket/message.js';
import type { Client } from './client.js';
import type { Clients } from './clients.js';
import type { Broadcast } from './parts.js';

export type { Broadcast } from './parts.js';

/** What runs on a server: it deals with messages, and the server with everything else. */
export interface Application {
  /** A client's handshake is done. */
  opened(members: Members, client: Client): Iterable<Step>;
  /** A whole message came from an open client. */
  received(members: Members, client: Client, message: Message): Iterable<Step>;
  /** A client that was open is gone, whichever way; called once. */
  left(members: Members, client: Client): Iterable<Step>;
  /** When `due` is to be called though nobody says anything, on the server's clock; null for never. */
  readonly next?: number | null;
  /** The time of `next` has come. Called at the end of a turn, before its bytes go out. */
  due?(members: Members): Iterable<Step>;
}

/** The clients of a server, as an application sees them. */
export class Members {
  readonly #clients: Clients;

  /** @internal */
  constructor(clients: Clients) {
    this.#clients = clients;
  }

  /** Bytes that were put into outboxes, of all clients together, since there is a server. */
  get queued(): number {
    return this.#clients.queued;
  }

  /** Milliseconds on the clock of the server's network. */
  now(): number {
    return this.#clients.now();
  }

  /** Sends a text to a client, if it is open. @returns its bytes; null when it is not open */
  sendText(client: Client, text: string): Uint8Array | null {
    return this.sendMessage(client, Message.ofText(text));
  }

  /**
   * Sends a message to a client, if it is open. A long one that came in goes out from where it lies:
   * do not change its payload afterwards.
   *
   * @returns its bytes; null when it is not open
   */
  sendMessage(client: Client, message: Message): Uint8Array | null {
    if (!client.isOpen) return null;
    const bytes = client.connection.message(message);
    this.#clients.queue(client, bytes);
    return bytes;
  }

  /** Sends a text to every open client. @returns as `broadcastMessage` */
  broadcastText(text: string): Broadcast[] {
    return this.broadcastMessage(Message.ofText(text));
  }

  /**
   * Sends a message to every open client.
   *
   * @returns which bytes went to whom: one frame to all for whom it is not compressed, and each of
   *   the others its own, because that looks back at what was sent to it before
   */
  broadcastMessage(message: Message): Broadcast[] {
    const { tools, parts } = this.#clients;
    const { opcode, payload, room } = message;
    return parts.broadcast(
      this.#clients,
      message,
      (client, bytes) => this.#clients.queue(client, bytes),
      () => parts.encode(opcode, payload, { tools, room }),
    );
  }

  /** Begins the closing handshake with a client, if it is open. */
  close(client: Client, code: number, reason: string): void {
    this.#clients.close(client, code, reason);
  }
}
