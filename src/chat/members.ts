/**
 * What an application may ask of its server: to send to one client or to all, and to close.
 * The server of server.ts is this and the loop.
 * @module
 */

import type { Fd } from '../net/net.js';
import { encodeFrame } from '../websocket/frame.js';
import type { Message } from '../websocket/message.js';
import type { Client } from './client.js';
import type { Clients } from './clients.js';

/** Bytes that went to some clients. */
export interface Broadcast {
  /** Their descriptors. */
  to: Fd[];
  /** A whole frame. */
  bytes: Uint8Array;
}

/** The clients of a server, as an application sees them. What it sends goes out at the end of the turn. */
export abstract class Members {
  /** @internal */
  protected readonly clients: Clients;

  /** @internal */
  protected constructor(clients: Clients) {
    this.clients = clients;
  }

  /** Bytes that were put into outboxes, of all clients together, since there is a server. */
  get queued(): number {
    return this.clients.queued;
  }

  /** Puts bytes into the outbox of a client, if it is open. */
  send(client: Client, bytes: Uint8Array): void {
    if (client.isOpen) this.clients.queue(client, bytes);
  }

  /** Puts the same bytes into the outbox of every open client. @returns their descriptors */
  broadcast(bytes: Uint8Array): Fd[] {
    const to: Fd[] = [];
    for (const client of this.clients) {
      if (!client.isOpen) continue;
      this.clients.queue(client, bytes);
      to.push(client.fd);
    }
    return to;
  }

  /** Sends a message to a client, if it is open. @returns its bytes; null when it is not open */
  sendMessage(client: Client, message: Message): Uint8Array | null {
    if (!client.isOpen) return null;
    const bytes = client.connection.message(message);
    this.clients.queue(client, bytes);
    return bytes;
  }

  /**
   * Sends a message to every open client.
   *
   * @returns which bytes went to whom: one frame to all for whom it is not compressed, and each of
   *   the others its own, because that looks back at what was sent to it before
   */
  broadcastMessage(message: Message): Broadcast[] {
    const bytes = encodeFrame(message.opcode, message.payload);
    const alike: Fd[] = [];
    const sent: Broadcast[] = [];
    for (const client of this.clients) {
      if (!client.isOpen) continue;
      const own = client.connection.compressed(message);
      this.clients.queue(client, own ?? bytes);
      if (own === null) alike.push(client.fd);
      else sent.push({ to: [client.fd], bytes: own });
    }
    return alike.length > 0 || sent.length === 0 ? [{ to: alike, bytes }, ...sent] : sent;
  }

  /** Begins the closing handshake with a client, if it is open. */
  close(client: Client, code: number, reason: string): void {
    this.clients.close(client, code, reason);
  }
}
