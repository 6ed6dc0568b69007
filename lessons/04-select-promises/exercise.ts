/**
 * Lesson 4: what select leaves in its arrays.
 *
 * The first function is paper work: you say what PHP returned. The second is code.
 */

import type { Socket, SocketFunctions } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What one call of socket_select gave back. */
export interface After {
  /** What the function returned. */
  returned: number;
  /** The keys that are in `$read` after the call. */
  read: (string | number)[];
  /** The keys that are in `$write` after the call; null where null was given. */
  write: (string | number)[] | null;
}

/**
 * Tells what six calls gave back. Each call gets arrays that were filled just before it. Where no
 * `$write` is named, null was given; where no time-out is named, it is null too, and the call waits
 * without end. The third array is null always.
 *
 * 1. `$read = ['listener' => $listener]`. Nobody has connected. The time-out is 0.
 * 2. Ada connects. `$read = ['listener' => $listener]`.
 * 3. Ada and Ming are accepted, and Ming sends "hello".
 *    `$read = [0 => $listener, 1 => $ada, 2 => $ming]`.
 * 4. Nobody has called socket_recv. `$read = [0 => $listener, 1 => $ada, 2 => $ming]` once more.
 * 5. Ming's bytes are taken by socket_recv. The time-out is 0.
 *    `$read = ['a' => $ada, 'b' => $ming]`, `$write = ['x' => $ada, 'y' => $ming]`.
 * 6. Ada closes her connection. `$read = ['a' => $ada, 'b' => $ming]`.
 *
 * @returns six entries, in this order
 */
export function afterSelect(): After[] {
  return todo('say what the six calls gave back');
}

/**
 * Waits without end until one or more sockets can be read.
 *
 * @param php has `socket_select(read, write, except, seconds)`; await it
 * @param sockets the server's table, by key; it is the same after the call as before it
 * @returns the keys of the sockets that can be read, in the order of the table
 */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  return todo(`wait for the ${sockets.size} sockets with ${php.socket_select.name}`);
}
