/**
 * Bun's own server in the contests, run by `bun`, on the same work: a room that reads JSON and
 * publishes, or an echo.
 *
 *     bun servers/bun.ts KIND
 */

import { isCompressed, type Kind, LARGE, SPEAKER } from '../messages.js';

/** What is used of Bun; the types of Node know nothing of it. */
interface Upgrading {
  upgrade(request: unknown): boolean;
  publish(topic: string, text: string): number;
  port: number;
}
interface BunSocket {
  subscribe(topic: string): void;
  send(data: string | Uint8Array): number;
}
declare const Bun: {
  serve(options: {
    hostname: string;
    port: number;
    fetch(request: unknown, server: Upgrading): undefined;
    websocket: {
      open(socket: BunSocket): void;
      message(socket: BunSocket, data: string | Uint8Array): void;
      [option: string]: unknown;
    };
  }): Upgrading;
};

const kind = process.argv[2] as Kind;
const ROOM = 'room';

const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch(request, upgrading) {
    upgrading.upgrade(request);
    return undefined;
  },
  websocket: {
    perMessageDeflate: isCompressed(kind),
    maxPayloadLength: LARGE,
    backpressureLimit: 4 * LARGE,
    idleTimeout: 0,
    sendPings: false,
    open: (socket) => socket.subscribe(ROOM),
    message(socket, data) {
      if (kind === 'broadcast') broadcast(String(data));
      else socket.send(data);
    },
  },
});

function broadcast(text: string): void {
  const { type, content } = JSON.parse(text) as { type: string; content: string };
  server.publish(ROOM, JSON.stringify({ type, from: SPEAKER, content }));
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, rss: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
process.send?.({ port: server.port });
