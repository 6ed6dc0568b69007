// refused: wrong.which
import type { TraceEvent } from 'loopscope';
import type { StandsIn } from '../exercise.js';

export { waiting } from '../solution.js';

/** Believes that only reading can stand still. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  const last = events.findLast(({ step }) => step !== 'arrive' && step !== 'act');
  return last?.step === 'block' ? { fd: last.fd, syscall: 'recv' } : null;
}
