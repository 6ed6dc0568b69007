// refused: wrong.in-table
import { type Fd, type FdSet, type Net, SocketError } from 'loopscope';
import type { Client } from '../solution.js';

/** Closes and no longer watches, and leaves the row for the next one to overwrite. */
export function serveClient(
  net: Net,
  fd: Fd,
  _clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  try {
    const bytes = net.recv(fd, 2_048);
    if (bytes.length > 0) {
      hear(fd, bytes);
      return;
    }
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
  }
  read.delete(fd);
  net.close(fd);
}
