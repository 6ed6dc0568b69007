// refused: wrong.accepts-again
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Accepts until nobody is left, which a blocking accept tells by standing still. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  let last = listener;
  try {
    for (;;) {
      last = net.accept(listener);
      clients.set(last, { uname: '', handshake: false });
      read.add(last);
    }
  } catch {
    return last;
  }
}
