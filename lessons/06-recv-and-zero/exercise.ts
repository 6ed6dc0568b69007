/**
 * Lesson 6: one client is readable. It has said something, or it has left.
 *
 * The loop is given: it calls your function once in each turn for each client that select has
 * reported. The listener and accept are the loop's business.
 */

import type { Fd, FdSet, Net } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What the server knows of one client. */
export interface Client {
  /** Its name. */
  uname: string;
}

/**
 * Serves one client that select has reported as readable: one recv, of at most 2,048 bytes.
 *
 * What it said goes to `hear`. If it has left, nothing of it may stay: not its row in the table, not
 * its place in the set, not its descriptor. What was sent to it before still goes out.
 *
 * @param net has `recv(fd, length)`, which gives 1 or more bytes, or none once the client has sent
 *   FIN, or throws a SocketError with the code ECONNRESET after an RST; and `close(fd)`
 * @param clients the table, by descriptor
 * @param read what select watches
 * @param hear is told what a client said; never an empty array
 */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  const bytes: Uint8Array = todo(`call recv for fd ${fd}, ${net.now()} ms after the start`);
  if (bytes.length > 0) hear(fd, bytes);
  else todo(`forget fd ${fd}: ${clients.size} are in the table, ${read.size} in the set`);
}
