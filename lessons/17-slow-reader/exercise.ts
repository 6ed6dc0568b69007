/**
 * Lesson 17: send to everyone, and let nobody wait for the slow reader.
 *
 * Each client has an outbox, as in the demo. Its three members are all that you need:
 *
 * - `outbox.push(bytes)` puts bytes at its end;
 * - `outbox.flush(net, fd)` sends what it holds, as far as the socket takes it, and never waits;
 * - `outbox.length` is how many bytes are left in it.
 */

import type { Fd, FdSet, Net, Outbox } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What the server knows of one client. */
export interface Client {
  /** Its descriptor. */
  readonly fd: Fd;
  /** What waits to be sent to it. Empty at first. */
  readonly outbox: Outbox;
}

/**
 * Sends a frame to everyone. What a socket does not take now stays in the client's outbox.
 *
 * After the call, `write` holds the clients for whom something waits, and no others.
 *
 * @param write what select watches for writing
 * @param limit bytes that may wait for a client
 * @returns the clients for whom more than `limit` bytes still wait after the sending; the loop will let them go
 */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  const known = `${[...clients].length} clients, ${write.size} watched, limit ${limit}`;
  return todo(`send ${frame.length} bytes to everyone at ${net.now()} ms (${known})`);
}

/**
 * Sends what waits for one client. The loop calls it when select reports its socket as writable.
 *
 * After the call, `write` holds the client if something still waits for it, and else does not.
 */
export function drain(net: Net, client: Client, write: FdSet): void {
  const known = `${client.outbox.length} bytes wait, ${write.size} watched`;
  todo(`send to fd ${client.fd} at ${net.now()} ms what waits for it (${known})`);
}
