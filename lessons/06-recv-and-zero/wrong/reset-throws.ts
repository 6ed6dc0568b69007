// refused: wrong.reset-throws
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Believes that every client that leaves says so with zero bytes. */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  const bytes = net.recv(fd, 2_048);
  if (bytes.length > 0) {
    hear(fd, bytes);
    return;
  }
  clients.delete(fd);
  read.delete(fd);
  net.close(fd);
}
