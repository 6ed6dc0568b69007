// refused: wrong.waits
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';

export { drain } from '../solution.js';

/** Tries until all is sent, as a blocking write does. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  for (const { fd, outbox } of clients) {
    outbox.push(frame);
    while (outbox.length > 0) outbox.flush(net, fd);
    if (limit > 0) write.delete(fd);
  }
  return [];
}
