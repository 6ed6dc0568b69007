// refused: wrong.arrive
import type { TraceEvent } from 'loopscope';
import type { StandsIn } from '../exercise.js';

export { waiting } from '../solution.js';

/** Looks at the last event, whoever's it is. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  const last = events.at(-1);
  return last?.step === 'block' ? { fd: last.fd, syscall: last.syscall } : null;
}
