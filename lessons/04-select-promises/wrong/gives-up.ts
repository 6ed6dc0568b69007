// refused: wrong.polls
import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Waits ten seconds, and takes silence for an answer. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const read = new Map(sockets);
  await php.socket_select(read, null, null, 10);
  return [...read.keys()];
}
