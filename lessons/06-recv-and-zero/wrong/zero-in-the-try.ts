// refused: wrong.empty-message
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Hears whatever recv gives, and takes every error, of the hearing too, for a goodbye. */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  try {
    const bytes = net.recv(fd, 2_048);
    hear(fd, bytes);
    if (bytes.length > 0) return;
  } catch {
    // whoever cannot be heard has left
  }
  clients.delete(fd);
  read.delete(fd);
  net.close(fd);
}
