/**
 * Redis between several processes, as the adapters of WebSocket servers use it: one connection to
 * publish, one to hear. It does less than their clients do: nothing is opened again, no answer is waited for.
 * @module
 */

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { encodeCommand, RespDecoder, type RespMessage } from '../../src/broker/resp.js';

const CHANNEL = 'room';

/**
 * Goes to Redis.
 *
 * @param heard is told what anyone published, we as well
 * @returns publishes
 */
export async function adapter(
  port: number,
  heard: (bytes: Uint8Array) => void,
): Promise<(bytes: Buffer) => void> {
  const publisher = await connected(port, () => {});
  const subscriber = await connected(port, ({ kind, value }) => {
    const [, , bytes] = kind === 'push' ? value : [];
    if (bytes instanceof Uint8Array) heard(bytes);
  });
  subscriber.write(encodeCommand('SUBSCRIBE', CHANNEL));
  return (bytes) => {
    // what one turn publishes goes out in one write
    if (publisher.writableCorked === 0) {
      publisher.cork();
      process.nextTick(() => publisher.uncork());
    }
    publisher.write(encodeCommand('PUBLISH', CHANNEL, bytes.toString()));
  };
}

async function connected(port: number, came: (message: RespMessage) => void): Promise<Socket> {
  const socket = createConnection({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  const decoder = new RespDecoder();
  socket.on('error', () => {}); // it was killed: the bench is over
  socket.on('data', (chunk) => {
    decoder.feed(chunk);
    for (let next = decoder.next(); next !== null; next = decoder.next()) came(next);
  });
  socket.write(encodeCommand('HELLO', '3'));
  return socket;
}
