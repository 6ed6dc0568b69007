// refused: wrong.not-watched
import type { FdSet, Net } from 'loopscope';
import type { Client } from '../exercise.js';

/** Believes that what is left goes with the next broadcast. */
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

/** Sends, and watches nothing. */
export function drain(net: Net, { fd, outbox }: Client, write: FdSet): void {
  outbox.flush(net, fd);
  write.delete(fd);
}
