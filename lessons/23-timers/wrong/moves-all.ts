// refused: wrong.work
import type { Timer } from '../exercise.js';

export { push, runDue } from '../solution.js';

/** Keeps a list in order: the first leaves, and everyone moves up. */
export function pop(heap: Timer[]): Timer | undefined {
  heap.sort((a, b) => a.due - b.due || a.n - b.n);
  return heap.shift();
}
