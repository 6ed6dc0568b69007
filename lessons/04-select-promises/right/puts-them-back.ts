import type { Socket, SocketFunctions } from 'loopscope';

export { afterSelect } from '../solution.js';

/** Lets select take from the table, and fills it anew: it is the same after the call as before. */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  const all = [...sockets];
  await php.socket_select(sockets, null, null, null);
  const keys = [...sockets.keys()];
  sockets.clear();
  for (const [key, socket] of all) sockets.set(key, socket);
  return keys;
}
