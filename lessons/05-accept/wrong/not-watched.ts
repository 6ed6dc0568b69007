// refused: wrong.not-watched
import type { Fd, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Enters the client into the table, and believes that select knows the table. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>): Fd {
  const fd = net.accept(listener);
  clients.set(fd, { uname: '', handshake: false });
  return fd;
}
