// refused: wrong.state
import type { Client, Do } from '../exercise.js';
import { hearers } from '../solution.js';

export { hearers };

/** Answers a Close frame, and takes the client for open still. */
export function receive(client: Client, bytes: Uint8Array, { send, say }: Do): void {
  let rest = bytes;
  if (client.state === 'handshaking') {
    const answer = client.handshake.feed(bytes);
    if (answer === null) return;
    send(answer.bytes);
    client.state = 'rest' in answer ? 'open' : 'closing';
    rest = 'rest' in answer ? answer.rest : rest;
  }
  if (client.state === 'closing') return;
  for (const received of client.connection.receive(rest)) {
    if (received.reply !== null) send(received.reply);
    if (received.kind === 'frame' && received.message !== null) say(received.message.text);
  }
}
