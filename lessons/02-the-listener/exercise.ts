/**
 * Lesson 2: open a listener, and foretell who gets in.
 */

import type { Address, Socket, SocketFunctions } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * PHP's functions for a listener, in no order: `socket_listen` has to be awaited, and all but
 * `socket_create` give false when they fail. Their constants come from `loopscope`: AF_INET,
 * SOCK_STREAM and SOL_TCP; SOL_SOCKET and SO_REUSEADDR.
 */
export type ListenerCalls = Pick<
  SocketFunctions,
  'socket_listen' | 'socket_bind' | 'socket_create' | 'socket_set_option'
>;

/**
 * Opens a listener, also on a port that the server had a moment ago.
 *
 * @param clients how many can get in while the server is busy, and no more, on Linux
 * @returns the socket, which listens on this address
 * @throws Error when a call gives false, the port being taken, say
 */
export async function openListener(
  php: ListenerCalls,
  address: Address,
  clients: number,
): Promise<Socket> {
  return todo(
    `call ${Object.keys(php).join(', ')} in order: port ${address.port}, ${clients} clients`,
  );
}

/**
 * Foretells how many connects succeed, on Linux.
 *
 * @param backlog what listen was given
 * @param clients how many called connect
 * @param accepted how often the server has called accept since, each time with success
 */
export function getIn(backlog: number, clients: number, accepted: number): number {
  return todo(`say how many of ${clients} get in: backlog ${backlog}, ${accepted} accepted`);
}
