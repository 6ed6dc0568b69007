// refused: wrong.asks-first
import type { TraceEvent } from 'loopscope';
import type { Kind } from '../exercise.js';
import { whoMade as right } from '../solution.js';

export { turn } from '../solution.js';

/** Takes whoever asks with 0 first for Node. */
export function whoMade(events: readonly TraceEvent[]): Kind {
  const asks = events.some((event) => event.step === 'select' && event.polls !== undefined);
  return asks ? 'libuv' : right(events);
}
