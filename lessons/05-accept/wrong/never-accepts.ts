// refused: wrong.not-accepted
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Believes that select has let the client in already, under the next number. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd = listener + read.size;
  clients.set(fd, { uname: net.getsockname(listener).host, handshake: false });
  return fd;
}
