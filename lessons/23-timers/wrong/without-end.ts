// refused: wrong.anew
import type { Timer } from '../exercise.js';
import { pop } from '../solution.js';

export { pop, push } from '../solution.js';

/** Runs as long as the first is due. */
export function runDue(heap: Timer[], now: number): void {
  while (heap[0] !== undefined && heap[0].due <= now) pop(heap)?.run();
}
