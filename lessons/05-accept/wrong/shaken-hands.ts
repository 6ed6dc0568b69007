// refused: wrong.row
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Takes TCP's handshake, which is over, for that of the WebSocket. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd = net.accept(listener);
  clients.set(fd, { uname: '', handshake: true });
  read.add(fd);
  return fd;
}
