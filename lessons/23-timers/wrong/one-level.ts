// refused: wrong.push
import type { Timer } from '../exercise.js';
import { isBefore } from '../solution.js';

export { pop, runDue } from '../solution.js';

/** Looks at the parent only, and not at what is above it. */
export function push(heap: Timer[], timer: Timer): void {
  heap.push(timer);
  const i = heap.length - 1;
  const above = (i - 1) >> 1;
  const parent = heap[above];
  if (parent === undefined || !isBefore(timer, parent)) return;
  heap[i] = parent;
  heap[above] = timer;
}
