// refused: wrong.one
import type { Timer } from '../exercise.js';
import { pop } from '../solution.js';

export { pop, push } from '../solution.js';

/** Runs the first, if it is due. */
export function runDue(heap: Timer[], now: number): void {
  const [first] = heap;
  if (first !== undefined && first.due <= now) pop(heap)?.run();
}
