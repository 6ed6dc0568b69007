// refused: wrong.over
import type { Timer } from '../exercise.js';
import { pop } from '../solution.js';

export { pop, push } from '../solution.js';

/** Runs what is due at this very moment. */
export function runDue(heap: Timer[], now: number): void {
  while (heap[0]?.due === Math.round(now)) pop(heap)?.run();
}
