// refused: wrong.table-shrinks
import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Gives the table itself to select. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  await php.socket_select(sockets, null, null, null);
  return [...sockets.keys()];
}
