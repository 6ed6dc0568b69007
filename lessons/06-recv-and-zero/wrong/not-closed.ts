// refused: wrong.leak
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Forgets the client, and not the descriptor. */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  let bytes: Uint8Array = new Uint8Array(0);
  try {
    bytes = net.recv(fd, 2_048);
  } catch {
    // an RST: it has left
  }
  if (bytes.length > 0) {
    hear(fd, bytes);
    return;
  }
  clients.delete(fd);
  read.delete(fd);
}
