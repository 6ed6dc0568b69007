import type { Fd, FdSet, Net } from 'loopscope';
import type { Client } from '../solution.js';

/** Asks an error for its code, whatever its class, and breaks off what is broken already. */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  let bytes: Uint8Array = new Uint8Array(0);
  let isReset = false;
  try {
    bytes = net.recv(fd, 512);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ECONNRESET') throw error;
    isReset = true;
  }
  if (bytes.byteLength) {
    hear(fd, Buffer.from(bytes));
    return;
  }
  read.delete(fd);
  if (isReset) net.reset(fd);
  else net.close(fd);
  clients.delete(fd);
}
