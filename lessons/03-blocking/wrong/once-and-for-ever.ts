// refused: wrong.over
import type { TraceEvent } from 'loopscope';
import type { StandsIn } from '../exercise.js';

export { waiting } from '../solution.js';

/** Takes a block for the end of the loop. */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  const block = events.findLast((event) => event.step === 'block');
  return block === undefined ? null : { fd: block.fd, syscall: block.syscall };
}
