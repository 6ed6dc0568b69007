// refused: wrong.one-recv
import { type Fd, type FdSet, type Net, SocketError } from 'loopscope';
import type { Client } from '../solution.js';

/** Reads on until recv has nothing more: in PHP, with blocking sockets, it would stand still. */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  try {
    for (;;) {
      const bytes = net.recv(fd, 2_048);
      if (bytes.length === 0) break;
      hear(fd, bytes);
    }
  } catch (error) {
    if (error instanceof SocketError && error.code === 'EAGAIN') return;
  }
  clients.delete(fd);
  read.delete(fd);
  net.close(fd);
}
