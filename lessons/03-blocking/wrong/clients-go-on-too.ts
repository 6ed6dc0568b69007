// refused: wrong.arrive
import type { TraceEvent } from 'loopscope';
import type { StandsIn } from '../exercise.js';

export { waiting } from '../solution.js';

/** Knows that what arrives is no step of the loop, and takes what a client does for one. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  const last = events.findLast(({ step }) => step !== 'arrive');
  return last?.step === 'block' ? { fd: last.fd, syscall: last.syscall } : null;
}
