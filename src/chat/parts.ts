/**
 * What a server is put together from, at the places where a function of one's own may stand in for the
 * kit's. The room calls them where their turn comes, and knows no more of them.
 * @module
 */

import type { Fd, FdSet, Net } from '../net/net.js';
import type { Joiner, Outbox } from '../net/outbox.js';
import { Connection, type ConnectionOptions } from '../websocket/connection.js';
import { encodeFrame } from '../websocket/frame.js';
import { ServerHandshake, type ServerHandshakeOptions } from '../websocket/handshake.js';
import type { Message } from '../websocket/message.js';

/** Bytes that went to some clients. */
export interface Broadcast {
  /** Their descriptors. */
  to: Fd[];
  /** A whole frame. */
  bytes: Uint8Array;
}

/** Whoever is in the table. @internal */
export interface Hearer {
  readonly fd: Fd;
  readonly isOpen: boolean;
  readonly phase: string;
  readonly connection: Connection;
}

/** Puts bytes into a client's outbox. */
type Queue<C> = (client: C, bytes: Uint8Array) => void;

/** The functions, by what they are for. @internal */
export interface Parts {
  /** Takes a client's request. */
  handshake(options: ServerHandshakeOptions): ServerHandshake;
  /** Takes a client's frames, and writes those for it. */
  connection(options: ConnectionOptions): Connection;
  /** Writes a frame. */
  readonly encode: typeof encodeFrame;
  /** Puts a message into the outboxes of all who are open; `encode` writes its one frame. */
  broadcast<C extends Hearer>(
    clients: Iterable<C>,
    message: Message,
    queue: Queue<C>,
    encode: () => Uint8Array,
  ): Broadcast[];
  /** Sends what waits for one. @returns bytes taken @throws SocketError as `send` does */
  drain(net: Net, client: { fd: Fd; outbox: Outbox }, write: FdSet, joiner: Joiner): number;
  /** How long select may wait. @param deadlines on the clock of `now` */
  waitAtMost(now: number, deadlines: readonly number[]): number | null;
}

/** The kit's own. @internal */
export const KIT: Parts = {
  handshake: (options) => new ServerHandshake(options),
  connection: (options) => new Connection('server', options),
  encode: encodeFrame,
  broadcast(clients, message, queue, encode) {
    const bytes = encode();
    const alike: Fd[] = [];
    const sent: Broadcast[] = [];
    for (const client of clients) {
      if (!client.isOpen) continue;
      const own = client.connection.compressed(message);
      queue(client, own ?? bytes);
      if (own === null) alike.push(client.fd);
      else sent.push({ to: [client.fd], bytes: own });
    }
    return alike.length > 0 || sent.length === 0 ? [{ to: alike, bytes }, ...sent] : sent;
  },
  drain: (net, { fd, outbox }, _write, joiner) => outbox.flush(net, fd, joiner),
  waitAtMost(now, deadlines) {
    return deadlines.length === 0 ? null : Math.max(0, Math.min(...deadlines) - now);
  },
};
