/**
 * The floor: the least that a server on node:net can do. It parses nothing: it counts bytes, knows
 * how long a frame is, and writes a frame that was made before, one write a frame and client.
 *
 *     floor.ts KIND
 */

import { type AddressInfo, createServer, type Socket } from 'node:net';
import { ACCEPT, type Kind, messagesOf } from '../messages.js';
import { reportTo } from './usage.js';

const ANSWER = [
  'HTTP/1.1 101 Switching Protocols',
  'Upgrade: websocket',
  'Connection: Upgrade',
  `Sec-WebSocket-Accept: ${ACCEPT}`,
  '\r\n',
].join('\r\n');

const kind = process.argv[2] as Kind;
const { asks, answers: frames } = messagesOf(kind);
// Buffers, since Node makes one of any other array, at every write
const answers = frames.map((frame) => Buffer.from(frame));
const length = asks[0]?.length ?? 0;
const clients = new Set<Socket>();

const server = createServer({ noDelay: true }, (socket) => {
  let received = 0;
  socket.on('error', () => {}); // it was cut off: the bench is over
  socket.on('close', () => clients.delete(socket));
  socket.once('data', () => {
    socket.write(ANSWER);
    clients.add(socket);
    socket.on('data', (chunk) => {
      const before = Math.floor(received / length);
      received += chunk.length;
      for (let i = before; i < Math.floor(received / length); i++) {
        const frame = answers[i % answers.length] as Buffer;
        if (kind !== 'broadcast') socket.write(frame);
        else for (const client of clients) client.write(frame);
      }
    });
  });
});
server.listen({ host: '127.0.0.1', port: 0, backlog: 511 }, () => {
  void reportTo((server.address() as AddressInfo).port);
});
