// refused: wrong.watched
import type { TraceEvent } from 'loopscope';

export { hearers, turnOfLogin } from '../solution.js';

/** Counts the turns in which the socket was watched. */
export function turnsOf(events: readonly TraceEvent[], fd: number): number {
  return events.filter((event) => event.step === 'select' && event.read.includes(fd)).length;
}
