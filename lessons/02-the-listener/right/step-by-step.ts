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

/** Throws at the call that fails; to give a promise needs no `async`. */
export function openListener(
  php: ListenerCalls,
  address: Address,
  clients: number,
): Promise<Socket> {
  const socket = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  const must = (isDone: boolean, call: string): void => {
    if (!isDone) throw new RangeError(`${call} failed`);
  };
  must(php.socket_set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1), 'socket_set_option');
  must(php.socket_bind(socket, address.host, address.port), 'socket_bind');
  return php.socket_listen(socket, clients - 1).then((isDone) => {
    must(isDone, 'socket_listen');
    return socket;
  });
}

/** Lets them in one by one. */
export function getIn(backlog: number, clients: number, accepted: number): number {
  let room = backlog + 1 + accepted;
  let inside = 0;
  while (inside < clients && room-- > 0) inside++;
  return inside;
}
