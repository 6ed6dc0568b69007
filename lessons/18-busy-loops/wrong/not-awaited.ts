// refused: wrong.not-awaited
import type { Fd, Net } from 'loopscope';

export { waitAtMost } from '../solution.js';

const SHARE = 512;

/** Deals with everyone at the same time. */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (const fd of ready) void deal(fd, net.recv(fd, SHARE));
}
