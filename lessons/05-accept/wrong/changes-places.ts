// refused: wrong.listener-dropped
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Watches the client in place of the listener, whose work seems to be done. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd = net.accept(listener);
  clients.set(fd, { uname: '', handshake: false });
  read.delete(listener);
  read.add(fd);
  return fd;
}
