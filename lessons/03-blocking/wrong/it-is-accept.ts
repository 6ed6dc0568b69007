// refused: wrong.which
import type { TraceEvent } from 'loopscope';
import type { StandsIn } from '../exercise.js';

export { waiting } from '../solution.js';

/** Blames the accept in front of it. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  const last = events.findLast(({ step }) => step !== 'arrive' && step !== 'act');
  return last?.step === 'block' ? { fd: 3, syscall: 'accept' } : null;
}
