// refused: wrong.rest-lost
import type { Client, Do } from '../exercise.js';
import { receive as right } from '../solution.js';

export { hearers } from '../solution.js';

/** Forgets what came behind the request. */
export function receive(client: Client, bytes: Uint8Array, todo: Do): void {
  if (client.state !== 'handshaking') {
    right(client, bytes, todo);
    return;
  }
  const answer = client.handshake.feed(bytes);
  if (answer === null) return;
  todo.send(answer.bytes);
  client.state = answer.status === 101 ? 'open' : 'closing';
}
