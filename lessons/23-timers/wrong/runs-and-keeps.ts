// refused: wrong.again
import type { Timer } from '../exercise.js';

export { pop, push } from '../solution.js';

/** Runs what is due, and leaves it in the heap. */
export function runDue(heap: Timer[], now: number): void {
  const due = heap.filter((timer) => timer.due <= now);
  due.sort((a, b) => a.due - b.due || a.n - b.n);
  for (const { run } of due) run();
}
