// refused: wrong.until-empty
import type { Fd, Net } from 'loopscope';

export { waitAtMost } from '../solution.js';

const SHARE = 512;

/** Reads until nothing is left. */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (const fd of ready) {
    for (;;) {
      let bytes: Uint8Array;
      try {
        bytes = net.recv(fd, SHARE);
      } catch {
        break; // EAGAIN: it is empty
      }
      await deal(fd, bytes);
    }
  }
}
