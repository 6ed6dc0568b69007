// refused: wrong.ignored
import {
  type Address,
  AF_INET,
  SO_REUSEADDR,
  SOCK_STREAM,
  SOL_SOCKET,
  SOL_TCP,
  type Socket,
} from 'loopscope';
import type { ListenerCalls } from '../exercise.js';

export { getIn } from '../solution.js';

/** Takes the promise of an answer for the answer: a promise is never false. */
export async function openListener(
  php: ListenerCalls,
  { host, port }: Address,
  clients: number,
): Promise<Socket> {
  const socket = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  php.socket_set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  php.socket_bind(socket, host, port);
  const isListening: unknown = php.socket_listen(socket, clients - 1);
  if (isListening === false) throw new Error(`cannot listen on port ${port}`);
  return socket;
}
