/**
 * The package `ws` in the contests, on the same work: a room that reads JSON and tells everyone, or
 * an echo. What goes to many is made once, as bytes, which is what it takes fastest. With the port of a
 * broker, it publishes what is said, and tells its clients what comes back, as its adapters for Redis do.
 *
 *     ws.ts KIND [BROKER]
 */

import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { isCompressed, type Kind, LARGE, SPEAKER } from '../messages.js';
import { adapter } from './adapter.js';
import { reportTo } from './usage.js';

const [kind, broker] = process.argv.slice(2) as [Kind, string?];
const say = broker === undefined ? tellAll : await adapter(Number(broker), tellAll);
const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  backlog: 511,
  perMessageDeflate: isCompressed(kind),
  maxPayload: LARGE,
});
server.on('connection', (client) => {
  client.on('error', () => {}); // it was cut off: the bench is over
  client.on('message', (data: Buffer, isBinary) => {
    if (kind === 'broadcast') say(answerTo(data));
    else client.send(data, { binary: isBinary });
  });
});
server.on('listening', () => void reportTo((server.address() as AddressInfo).port));

function answerTo(data: Buffer): Buffer {
  const { type, content } = JSON.parse(data.toString()) as { type: string; content: string };
  return Buffer.from(JSON.stringify({ type, from: SPEAKER, content }));
}

function tellAll(bytes: Uint8Array): void {
  for (const client of server.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(bytes, { binary: false });
  }
}
