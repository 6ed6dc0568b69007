// refused: wrong.judged-first
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';
import { drain } from '../solution.js';

export { drain } from '../solution.js';

/** Counts what waits before the socket was asked whether it takes some of it. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  const tooSlow: Client[] = [];
  for (const client of clients) {
    client.outbox.push(frame);
    if (client.outbox.length > limit) tooSlow.push(client);
    else drain(net, client, write);
  }
  return tooSlow;
}
