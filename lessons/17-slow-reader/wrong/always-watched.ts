// refused: wrong.always-watched
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';

/** Watches everyone for writing, to be told in good time. */
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

/** Sends, and goes on watching. */
export function drain(net: Net, { fd, outbox }: Client, write: FdSet): void {
  write.add(fd);
  outbox.flush(net, fd);
}
