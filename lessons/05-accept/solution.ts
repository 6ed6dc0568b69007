/**
 * Lesson 5, a solution.
 */

import type { Fd, FdSet, Net } from 'loopscope';

/** What the server knows of one client. */
export interface Client {
  uname: string;
  handshake: boolean;
}

/** Takes one connection out of the queue, enters its client, and watches it. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd = net.accept(listener);
  clients.set(fd, { uname: '', handshake: false });
  read.add(fd);
  return fd;
}
