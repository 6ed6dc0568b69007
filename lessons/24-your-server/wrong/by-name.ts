// refused: wrong.names
import type { TraceEvent } from 'loopscope';
import type { Kind } from '../exercise.js';

export { turn } from '../solution.js';

/** Goes by the names of the calls. */
export function whoMade(events: readonly TraceEvent[]): Kind {
  for (const event of events) {
    if (event.step === 'select' && event.call?.includes('pselect')) return 'select';
    if (event.step === 'select' && event.call === 'epoll_pwait') return 'libuv';
  }
  return events.some((event) => event.step === 'select' && event.polls) ? 'asyncio' : 'edge';
}
