// refused: wrong.too-early
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';
import { drain } from '../solution.js';

export { drain } from '../solution.js';

/** Takes whoever cannot take all at once for one who has left. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
): Client[] {
  const tooSlow: Client[] = [];
  for (const client of clients) {
    client.outbox.push(frame);
    drain(net, client, write);
    if (client.outbox.length > 0) tooSlow.push(client);
  }
  return tooSlow;
}
