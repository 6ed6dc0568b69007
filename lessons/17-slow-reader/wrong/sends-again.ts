// refused: wrong.twice
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';
import { drain } from '../solution.js';

export { drain } from '../solution.js';

/** Sends at once what can be sent, and keeps the whole frame where a part was refused. */
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
    if (outbox.length > 0 || net.send(fd, frame) < frame.length) outbox.push(frame);
    drain(net, client, write);
    if (outbox.length > limit) tooSlow.push(client);
  }
  return tooSlow;
}
