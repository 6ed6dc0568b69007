// refused: wrong.kept
import type { Timer } from '../exercise.js';
import { pop as right } from '../solution.js';

export { push, runDue } from '../solution.js';

/** Thinks that a heap of one cannot be made smaller. */
export function pop(heap: Timer[]): Timer | undefined {
  return heap.length === 1 ? heap[0] : right(heap);
}
