// refused: wrong.polls
import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Asks how things stand, and does not wait. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const read = new Map(sockets);
  await php.socket_select(read, null, null, 0);
  return [...read.keys()];
}
