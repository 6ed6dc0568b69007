import type { Fd, FdSet, Net } from 'loopscope';

/** A client with more to it than the row needs. */
class Connected {
  uname = '';
  handshake = false;
  readonly since: number;

  constructor(since: number) {
    this.since = since;
  }
}

/** Watches first, and enters then; what is returned is the number all the same. */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Connected>, read: FdSet): Fd {
  const fd = net.accept(listener);
  read.add(fd);
  return clients.set(fd, new Connected(net.now())).has(fd) ? fd : listener;
}
