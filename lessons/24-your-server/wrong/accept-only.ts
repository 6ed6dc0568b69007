// refused: wrong.accept-only
import type { TraceEvent } from 'loopscope';
import type { Kind } from '../exercise.js';
import { whoMade as right } from '../solution.js';

export { turn } from '../solution.js';

/** Takes every EAGAIN for an edge. */
export function whoMade(events: readonly TraceEvent[]): Kind {
  return events.some(({ step }) => step === 'again') ? 'edge' : right(events);
}
