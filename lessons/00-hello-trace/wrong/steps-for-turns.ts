// refused: wrong.turns
import type { TraceEvent } from 'loopscope';

export { hearers, turnOfLogin } from '../solution.js';

/** Counts the steps that name the socket. */
export function turnsOf(events: readonly TraceEvent[], fd: number): number {
  return events.filter((event) => 'fd' in event && event.fd === fd).length;
}
