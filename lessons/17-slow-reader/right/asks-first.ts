import { type FdSet, type Net, SocketError } from 'loopscope';
import type { Client } from '../exercise.js';

/** Sends at once where nothing waits, and keeps what was not taken. */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  for (const client of clients) {
    const taken = client.outbox.length === 0 ? trySend(net, client, frame) : 0;
    if (taken < frame.length) client.outbox.push(frame.slice(taken));
    drain(net, client, write);
  }
  return [...clients].filter(({ outbox }) => outbox.length > limit);
}

/** Sends what waits; who has nothing is struck off first. */
export function drain(net: Net, client: Client, write: FdSet): void {
  write.delete(client.fd);
  if (client.outbox.length === 0) return;
  client.outbox.flush(net, client.fd);
  if (client.outbox.length !== 0) write.add(client.fd);
}

function trySend(net: Net, { fd }: Client, bytes: Uint8Array): number {
  try {
    return net.send(fd, bytes);
  } catch (error) {
    if (error instanceof SocketError && error.code === 'EAGAIN') return 0;
    throw error;
  }
}
