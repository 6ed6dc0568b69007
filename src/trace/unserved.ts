/**
 * Who was reported as ready and still waits for its turn: what the class overlooks first.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { TraceEvent } from './event.js';

/**
 * The descriptors that the turn's select reported as readable, or whose frames wait from the turn
 * before, and that the turn has not come to: they wait, whatever the network can tell of its queues.
 *
 * @param position how many events have happened
 */
export function unservedAt(events: readonly TraceEvent[], position: number): Fd[] {
  const served = new Set<Fd>();
  for (let i = position - 1; i >= 0; i--) {
    const event = events[i];
    if (event?.step === 'accept') served.add(event.listener);
    const isServed =
      event?.step === 'recv' ||
      event?.step === 'parse' ||
      event?.step === 'disconnect' ||
      event?.step === 'broker';
    if (isServed) served.add(event.fd);
    if (event?.step === 'select') {
      return [...event.readyRead, ...(event.pending ?? [])].filter((fd) => !served.has(fd));
    }
  }
  return [];
}
