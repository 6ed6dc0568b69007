// refused: wrong.push
import type { Timer } from '../exercise.js';

export { pop, runDue } from '../solution.js';

/** Puts it at the end, and leaves it there. */
export function push(heap: Timer[], timer: Timer): void {
  heap.push(timer);
}
