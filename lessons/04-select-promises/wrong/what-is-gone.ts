// refused: wrong.keys
import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Believes that select takes out what it has found. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const read = new Map(sockets);
  await php.socket_select(read, null, null, null);
  return [...sockets.keys()].filter((key) => !read.has(key));
}
