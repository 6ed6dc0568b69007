/**
 * Lesson 14, a solution.
 */

import type { Client, Do } from './exercise.js';

/** Takes the bytes of one recv. */
export function receive(client: Client, bytes: Uint8Array, todo: Do): void {
  if (client.state === 'handshaking') shakeHands(client, bytes, todo);
  else if (client.state === 'open') parse(client, bytes, todo);
}

function shakeHands(client: Client, bytes: Uint8Array, todo: Do): void {
  const answer = client.handshake.feed(bytes);
  if (answer === null) return;
  todo.send(answer.bytes);
  client.state = 'rest' in answer ? 'open' : 'closing';
  if ('rest' in answer) parse(client, answer.rest, todo);
}

function parse(client: Client, bytes: Uint8Array, { send, say }: Do): void {
  for (const received of client.connection.receive(bytes)) {
    if (received.reply !== null) send(received.reply);
    if (received.kind !== 'frame') client.state = 'closing';
    else if (received.message !== null) say(received.message.text);
  }
}

/** Who hears what is said. */
export function hearers(clients: readonly Client[]): Client[] {
  return clients.filter(({ state }) => state === 'open');
}
