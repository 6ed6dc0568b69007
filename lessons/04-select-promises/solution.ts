/**
 * Lesson 4, a solution.
 */

import type { Socket, SocketFunctions } from 'loopscope';

/** What one call of socket_select gave back. */
export interface After {
  returned: number;
  read: (string | number)[];
  write: (string | number)[] | null;
}

/** Tells what six calls gave back. */
export function afterSelect(): After[] {
  return [
    { returned: 0, read: [], write: null },
    { returned: 1, read: ['listener'], write: null },
    { returned: 1, read: [2], write: null },
    { returned: 1, read: [2], write: null },
    { returned: 2, read: [], write: ['x', 'y'] },
    { returned: 1, read: ['a'], write: null },
  ];
}

/** Waits without end until one or more sockets can be read. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const read = new Map(sockets);
  await php.socket_select(read, null, null, null);
  return [...read.keys()];
}
