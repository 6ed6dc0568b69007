/**
 * Lesson 5: what a server does when its listener is readable.
 *
 * The loop is given: it calls your function once in each turn in which select has reported the
 * listener. The table and the set belong to the loop; you enter the new client into both.
 */

import type { Fd, FdSet, Net } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What the server knows of one client. */
export interface Client {
  /** Its name; '' until it has logged in. */
  uname: string;
  /** Whether the WebSocket handshake is done; a client begins without. */
  handshake: boolean;
}

/**
 * Takes one connection out of the listener's queue, enters its client into the table, and has it
 * watched from the next select on.
 *
 * @param net has `accept(listener)`: the new connection's descriptor
 * @param clients the table, by descriptor; the listener is not in it
 * @param read what select watches; the listener is in it and has to stay
 * @returns the new client's descriptor
 */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd: Fd = todo(`take a connection from fd ${listener}, ${net.now()} ms after the start`);
  todo(`enter fd ${fd}: there are ${clients.size} clients, and ${read.size} sockets watched`);
}
