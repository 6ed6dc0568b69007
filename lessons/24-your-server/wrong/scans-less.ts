// refused: wrong.scanned
import type { TraceEvent } from 'loopscope';
import type { Kind } from '../exercise.js';
import { whoMade as right } from '../solution.js';

export { turn } from '../solution.js';

/** Takes the one with few system calls a message for epoll. */
export function whoMade(events: readonly TraceEvent[]): Kind {
  const kind = right(events);
  if (kind === 'select') return 'edge';
  return kind === 'edge' ? 'select' : kind;
}
