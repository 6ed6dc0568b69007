// refused: wrong.spins
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Believes that zero bytes mean that nothing has come yet. */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  try {
    const bytes = net.recv(fd, 2_048);
    if (bytes.length > 0) hear(fd, bytes);
  } catch {
    clients.delete(fd);
    read.delete(fd);
    net.close(fd);
  }
}
