// refused: wrong.listener-as-client
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Accepts, and goes on with the socket that it had. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  net.accept(listener);
  clients.set(listener, { uname: '', handshake: false });
  read.add(listener);
  return listener;
}
