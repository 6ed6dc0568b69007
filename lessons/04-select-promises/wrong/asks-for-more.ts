// refused: wrong.again
import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Believes that select says one thing at a time, and asks until there is nothing more. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const keys = new Set<string>();
  for (;;) {
    const read = new Map(sockets);
    if ((await php.socket_select(read, null, null, null)) === 0) return [...keys];
    for (const key of read.keys()) keys.add(key);
  }
}
