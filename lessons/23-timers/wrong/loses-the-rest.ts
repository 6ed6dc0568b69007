// refused: wrong.lost
import type { Timer } from '../exercise.js';
import { isBefore } from '../solution.js';

export { pop, push } from '../solution.js';

/** Takes all out to find what is due, and puts nothing back. */
export function runDue(heap: Timer[], now: number): void {
  const all = heap.splice(0).sort((a, b) => (isBefore(a, b) ? -1 : 1));
  for (const { due, run } of all) if (due <= now) run();
}
