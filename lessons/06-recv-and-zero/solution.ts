/**
 * Lesson 6, a solution.
 */

import { type Fd, type FdSet, type Net, SocketError } from 'loopscope';

/** What the server knows of one client. */
export interface Client {
  uname: string;
}

/** Serves one client that select has reported as readable. */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  const bytes = recv(net, fd);
  if (bytes !== null && bytes.length > 0) {
    hear(fd, bytes);
    return;
  }
  clients.delete(fd);
  read.delete(fd);
  net.close(fd);
}

/** What a client said; null when its connection was reset. */
function recv(net: Net, fd: Fd): Uint8Array | null {
  try {
    return net.recv(fd, 2_048);
  } catch (error) {
    if (error instanceof SocketError && error.code === 'ECONNRESET') return null;
    throw error;
  }
}
