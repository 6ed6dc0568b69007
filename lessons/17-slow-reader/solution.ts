/**
 * Lesson 17, a solution.
 */

import type { FdSet, Net } from 'loopscope';
import type { Client } from './exercise.js';

/** Sends a frame to everyone; tells who is too far behind. */
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
    drain(net, client, write);
    if (client.outbox.length > limit) tooSlow.push(client);
  }
  return tooSlow;
}

/** Sends what waits for one client, and watches it while something is left. */
export function drain(net: Net, { fd, outbox }: Client, write: FdSet): void {
  outbox.flush(net, fd);
  if (outbox.length > 0) write.add(fd);
  else write.delete(fd);
}
