// refused: wrong.number
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Numbers the clients itself, one more than there are. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  net.accept(listener);
  const fd = listener + clients.size + 1;
  clients.set(fd, { uname: '', handshake: false });
  read.add(fd);
  return fd;
}
