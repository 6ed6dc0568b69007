// refused: wrong.waiting
import type { TraceEvent } from 'loopscope';

export { standsIn } from '../solution.js';

/** Counts bytes that have arrived for someone who comes. */
export function waiting(events: readonly TraceEvent[]): number {
  const came = events.filter(({ step }) => step === 'arrive').length;
  return came - events.filter(({ step }) => step === 'accept').length;
}
