// refused: wrong.bind
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

/** Listens first, and gives the address then. */
export async function openListener(
  php: ListenerCalls,
  { host, port }: Address,
  clients: number,
): Promise<Socket> {
  const socket = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  php.socket_set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  await php.socket_listen(socket, clients - 1);
  php.socket_bind(socket, host, port);
  return socket;
}
