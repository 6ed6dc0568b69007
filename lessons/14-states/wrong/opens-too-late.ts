// refused: wrong.opens-late
import type { Client, Do } from '../exercise.js';
import { receive as right } from '../solution.js';

export { hearers } from '../solution.js';

/** Opens the client once all its bytes are dealt with, so it does not hear its own first words. */
export function receive(client: Client, bytes: Uint8Array, todo: Do): void {
  if (client.state !== 'handshaking') {
    right(client, bytes, todo);
    return;
  }
  const answer = client.handshake.feed(bytes);
  if (answer === null) return;
  todo.send(answer.bytes);
  if (!('rest' in answer)) {
    client.state = 'closing';
    return;
  }
  for (const { kind, reply, ...received } of client.connection.receive(answer.rest)) {
    if (reply !== null) todo.send(reply);
    if (kind !== 'frame') client.state = 'closing';
    else if ('message' in received && received.message) todo.say(received.message.text);
  }
  if (client.state === 'handshaking') client.state = 'open';
}
