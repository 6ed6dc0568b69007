// refused: wrong.eagain
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';

export { drain } from '../solution.js';

/** Believes that a socket always takes something. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  const tooSlow: Client[] = [];
  for (const client of clients) {
    const { fd, outbox } = client;
    outbox.push(frame.subarray(net.send(fd, frame)));
    if (outbox.length > 0) write.add(fd);
    if (outbox.length > limit) tooSlow.push(client);
  }
  return tooSlow;
}
