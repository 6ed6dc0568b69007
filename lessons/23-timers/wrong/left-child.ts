// refused: wrong.pop
import type { Timer } from '../exercise.js';
import { isBefore } from '../solution.js';

export { push, runDue } from '../solution.js';

/** Sinks, and looks at the left child only. */
export function pop(heap: Timer[]): Timer | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || first === last) return last;
  heap[0] = last;
  for (let i = 0; ; ) {
    const below = 2 * i + 1;
    const child = heap[below];
    if (child === undefined || !isBefore(child, last)) return first;
    heap[i] = child;
    heap[below] = last;
    i = below;
  }
}
