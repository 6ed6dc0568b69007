// refused: wrong.over
import type { Timer } from '../exercise.js';
import { pop } from '../solution.js';

export { pop, push } from '../solution.js';

/** Runs what is due at this very moment. */
export function runDue(heap: Timer[], now: number): void {
  const due: Timer[] = [];
  while (heap[0] !== undefined && heap[0].due === now) due.push(pop(heap) as Timer);
  for (const { run } of due) run();
}
