// refused: wrong.closed-but-watched
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Closes the descriptor, and believes that select forgets it by itself. */
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
  if (read.has(fd)) net.close(fd);
}
