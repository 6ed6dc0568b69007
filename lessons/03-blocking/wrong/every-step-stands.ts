// refused: wrong.goes-on
import type { TraceEvent } from 'loopscope';
import type { StandsIn } from '../exercise.js';

export { waiting } from '../solution.js';

/** Takes whatever the loop did last for what it stands still in. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  const last = events.findLast(({ step }) => step !== 'arrive' && step !== 'act');
  if (last?.step === 'block') return { fd: last.fd, syscall: last.syscall };
  return last !== undefined && 'fd' in last ? { fd: last.fd, syscall: last.step } : null;
}
