/**
 * Ports for programs that cannot say which one the system gave them.
 * @module
 */

import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

/**
 * A port that nobody has, for programs that cannot say which one the system gave them. It is below
 * those that systems give away, or another test could be given it before the program has it.
 */
export async function freePort(): Promise<number> {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const server = createServer().once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/** Whether someone listens there. */
export function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
