import type { Fd, Net } from 'loopscope';

/** Infinity is as long as without end. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  return Math.max(0, Math.min(...deadlines) - now);
}

/** Takes less than it might. */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (let i = ready.length - 1; i >= 0; i--) {
    const fd = ready[i];
    if (fd !== undefined) await deal(fd, Buffer.from(net.recv(fd, 256)));
  }
}
