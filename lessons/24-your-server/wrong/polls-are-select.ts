// refused: wrong.polls
import type { TraceEvent } from 'loopscope';
import type { Kind } from '../exercise.js';
import { whoMade as right } from '../solution.js';

export { turn } from '../solution.js';

/** Has not seen that polls are counted: whoever accepts once is select. */
export function whoMade(events: readonly TraceEvent[]): Kind {
  const kind = right(events);
  return kind === 'libuv' ? 'select' : kind;
}
