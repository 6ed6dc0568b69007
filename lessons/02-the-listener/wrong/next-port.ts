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

/** Takes another port where this one is taken, and tells nobody. */
export async function openListener(
  php: ListenerCalls,
  { host, port }: Address,
  clients: number,
): Promise<Socket> {
  for (let next = port; ; next++) {
    const socket = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    php.socket_set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    if (!php.socket_bind(socket, host, next)) continue;
    if (await php.socket_listen(socket, clients - 1)) return socket;
  }
}
