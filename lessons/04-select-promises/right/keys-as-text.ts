import type { Socket, SocketFunctions } from 'loopscope';
import { type After, afterSelect as solution } from '../solution.js';

/** Writes every key as a text, as PHP's own array keys may be written. */
export function afterSelect(): After[] {
  return solution().map(({ read, ...after }) => ({ ...after, read: read.map(String) }));
}

/** Waits a second at a time, and goes by the table. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  for (;;) {
    const read = new Map(sockets);
    const count = await php.socket_select(read, new Map(), new Map(), 1);
    if (count) return [...sockets.keys()].filter((key) => read.has(key));
  }
}
