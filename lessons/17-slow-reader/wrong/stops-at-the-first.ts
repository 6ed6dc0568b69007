// refused: wrong.lost
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';
import { drain } from '../solution.js';

export { drain };

/** Is done with the frame as soon as somebody is too slow for it. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  for (const client of clients) {
    client.outbox.push(frame);
    drain(net, client, write);
    if (client.outbox.length > limit) return [client];
  }
  return [];
}
