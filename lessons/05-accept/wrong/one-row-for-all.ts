// refused: wrong.shared-row
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

const NEW: Client = { uname: '', handshake: false };

/** Enters the same row for everyone. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd = net.accept(listener);
  clients.set(fd, NEW);
  read.add(fd);
  return fd;
}
