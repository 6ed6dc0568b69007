// refused: wrong.not-its-own
import type { Client, Do } from '../exercise.js';
import { receive as right } from '../solution.js';

export { hearers } from '../solution.js';

let isShaken = false;

/** Keeps one state for the whole server. */
export function receive(client: Client, bytes: Uint8Array, todo: Do): void {
  if (isShaken && client.state === 'handshaking') client.state = 'open';
  right(client, bytes, todo);
  if (client.state === 'open') isShaken = true;
}
