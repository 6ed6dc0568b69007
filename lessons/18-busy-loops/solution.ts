/**
 * Lesson 18, a solution.
 */

import type { Fd, Net } from 'loopscope';

/** Most bytes of one client that a turn may deal with. */
const SHARE = 512;

/** How long select may wait. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  if (deadlines.length === 0) return null;
  return Math.max(0, Math.min(...deadlines) - now);
}

/** Serves the clients that select has reported, once each. */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (const fd of ready) await deal(fd, net.recv(fd, SHARE));
}
