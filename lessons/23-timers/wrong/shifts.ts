// refused: wrong.pop
import type { Timer } from '../exercise.js';

export { push, runDue } from '../solution.js';

/** Takes the first place away, and everyone moves up one. */
export function pop(heap: Timer[]): Timer | undefined {
  return heap.shift();
}
