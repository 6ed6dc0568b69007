// refused: wrong.first-only
import type { Fd, Net } from 'loopscope';

export { waitAtMost } from '../solution.js';

const SHARE = 512;

/** Serves one client, and lets select report the others again. */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const [fd] = ready;
  if (fd !== undefined) await deal(fd, net.recv(fd, SHARE));
}
