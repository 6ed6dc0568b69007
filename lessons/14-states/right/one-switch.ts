import type { Client, Do } from '../exercise.js';

/** Goes round until the state has no more to do with the bytes; the rest of a request is the next lap. */
export function receive(client: Client, bytes: Uint8Array, { send, say }: Do): void {
  let rest: Uint8Array | null = bytes;
  while (rest !== null) {
    const now: Uint8Array = rest;
    rest = null;
    switch (client.state) {
      case 'handshaking': {
        const answer = client.handshake.feed(now);
        if (answer === null) break;
        const isWelcome = answer.status === 101;
        client.state = isWelcome ? 'open' : 'closing';
        send(Buffer.from(answer.bytes));
        if (isWelcome && 'rest' in answer) rest = answer.rest;
        break;
      }
      case 'open':
        for (const received of client.connection.receive(now)) {
          if (received.kind === 'close' || received.kind === 'problem') client.state = 'closing';
          if (received.reply) send(received.reply);
          if (received.kind === 'frame' && received.message) say(received.message.text);
        }
        break;
      case 'closing':
        break;
    }
  }
}

/** Goes through the table. */
export function hearers(clients: readonly Client[]): Client[] {
  const found: Client[] = [];
  for (const client of clients) if (client.state === 'open') found.push(client);
  return found;
}
