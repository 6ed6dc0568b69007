// refused: wrong.order
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';

export { drain } from '../solution.js';

/** Sends the new frame first, and keeps of it what the socket does not take. */
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
    let taken = 0;
    try {
      taken = net.send(fd, frame);
    } catch {
      // EAGAIN: the socket is full
    }
    if (taken < frame.length) outbox.push(frame.subarray(taken));
    if (outbox.length > 0) write.add(fd);
    if (outbox.length > limit) tooSlow.push(client);
  }
  return tooSlow;
}
