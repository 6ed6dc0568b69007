// refused: wrong.empty-message
import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Takes zero bytes for a message of no length. */
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
  hear(fd, bytes);
  if (bytes.length > 0) return;
  clients.delete(fd);
  read.delete(fd);
  net.close(fd);
}
