// refused: wrong.closing-heard
import type { Client, Do } from '../exercise.js';
import { receive as right } from '../solution.js';

export { hearers } from '../solution.js';

/** Knows two states, before the handshake and behind it, and answers a refused request again. */
export function receive(client: Client, bytes: Uint8Array, todo: Do): void {
  if (client.state === 'closing') {
    const answer = client.handshake.feed(bytes);
    if (answer !== null) todo.send(answer.bytes);
    return;
  }
  right(client, bytes, todo);
}
