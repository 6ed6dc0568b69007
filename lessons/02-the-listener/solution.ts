/**
 * Lesson 2, a solution.
 */

import {
  type Address,
  AF_INET,
  SO_REUSEADDR,
  SOCK_STREAM,
  SOL_SOCKET,
  SOL_TCP,
  type Socket,
} from 'loopscope';
import type { ListenerCalls } from './exercise.js';

/** Opens a listener, also on a port that the server had a moment ago. */
export async function openListener(
  php: ListenerCalls,
  { host, port }: Address,
  clients: number,
): Promise<Socket> {
  const socket = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  const isListening =
    php.socket_set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1) &&
    php.socket_bind(socket, host, port) &&
    (await php.socket_listen(socket, clients - 1));
  if (!isListening) throw new Error(`cannot listen on port ${port}`);
  return socket;
}

/** Foretells how many connects succeed. */
export function getIn(backlog: number, clients: number, accepted: number): number {
  return Math.min(clients, backlog + 1 + accepted);
}
