// refused: wrong.waiting
import type { TraceEvent } from 'loopscope';

export { standsIn } from '../solution.js';

/** Forgets that some were accepted. */
export function waiting(events: readonly TraceEvent[]): number {
  return events.filter((event) => event.step === 'arrive' && event.kind === 'connect').length;
}
