// refused: wrong.table-changed
import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Gives select a copy, and then takes out of the table itself who was not ready. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const read = new Map(sockets);
  await php.socket_select(read, null, null, null);
  for (const key of [...sockets.keys()]) if (!read.has(key)) sockets.delete(key);
  return [...sockets.keys()];
}
