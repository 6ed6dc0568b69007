// refused: wrong.lost
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';

export { drain } from '../solution.js';

/** Believes that a send takes all or nothing, and drops what a full socket does not take. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  for (const { fd } of clients) {
    try {
      net.send(fd, frame);
    } catch {
      if (limit > 0) write.delete(fd);
    }
  }
  return [];
}
