// refused: wrong.reads
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Believes that a client that has connected has also spoken. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd = net.accept(listener);
  clients.set(fd, { uname: '', handshake: false });
  read.add(fd);
  try {
    net.recv(fd, 2_048);
  } catch {
    // it has not spoken yet
  }
  return fd;
}
