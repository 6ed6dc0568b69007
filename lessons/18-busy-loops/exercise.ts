/**
 * Lesson 18: sleep when there is nothing to do, and share when there is much.
 *
 * The loop is given: it asks your first function how long select may wait, and hands your second one
 * the sockets that select has reported.
 */

import type { Fd, Net } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** Most bytes of one client that a turn may deal with. */
const SHARE = 512;

/**
 * How long select may wait. Messages wake it up by themselves; here it is about what the server has
 * to do at a certain time although nobody speaks, to ping someone who is silent for instance.
 *
 * @param now milliseconds on the server's clock
 * @param deadlines when something is to be done, on the same clock, in no order; perhaps none,
 *   perhaps one that is over already
 * @returns milliseconds, 0 or more; null to wait without end
 */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  return todo(`look at ${deadlines.length} deadlines, at ${now} ms`);
}

/**
 * Serves the clients that select has reported, one after the other, once each.
 *
 * @param net has `recv(fd, length)`; nobody leaves in this exercise
 * @param ready the clients, in watch order
 * @param deal deals with what a client said; await it, as the work takes a millisecond for each 64
 *   bytes, and more comes in meanwhile
 */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const known = `${ready.length} clients are ready at ${net.now()} ms`;
  todo(`recv up to ${SHARE} bytes of each, and ${deal.name} with them (${known})`);
}
