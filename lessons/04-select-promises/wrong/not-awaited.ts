// refused: wrong.not-awaited
import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Calls select, and looks at once. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const read = new Map(sockets);
  php.socket_select(read, null, null, null);
  return [...read.keys()];
}
