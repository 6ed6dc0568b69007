/**
 * A server that sends to all who connect, for ever.
 * @module
 */

import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';

/** Starts it on the loopback. */
export async function runEndless(): Promise<{ server: Server; side: string }> {
  const server = createServer((socket) => {
    const goOn = (): void => {
      while (socket.writable && socket.write(Buffer.alloc(65_536, 'A')));
    };
    socket.on('drain', goOn).on('error', () => {});
    goOn();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, side: `tcp:127.0.0.1:${(server.address() as AddressInfo).port}` };
}
