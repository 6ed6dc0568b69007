// refused: wrong.share
import type { Fd, Net } from 'loopscope';

export { waitAtMost } from '../solution.js';

/** Takes whatever one recv gives, as it is one recv only. */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (const fd of ready) await deal(fd, net.recv(fd, 2_048));
}
