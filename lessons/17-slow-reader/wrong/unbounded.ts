// refused: wrong.unbounded
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';
import { drain } from '../solution.js';

export { drain } from '../solution.js';

/** Keeps whatever has to wait, for as long as it has to. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
): Client[] {
  for (const client of clients) {
    client.outbox.push(frame);
    drain(net, client, write);
  }
  return [];
}
