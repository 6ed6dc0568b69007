import type { Timer } from '../exercise.js';
import { pop, push } from '../solution.js';

export { pop, push };

/** Runs each as it comes out, and puts back at the end what was set meanwhile. */
export function runDue(heap: Timer[], now: number): void {
  const last = Math.max(0, ...heap.map(({ n }) => n));
  const later: Timer[] = [];
  for (let [first] = heap; first !== undefined && first.due <= now; [first] = heap) {
    pop(heap);
    if (first.n <= last) first.run();
    else later.push(first);
  }
  for (const timer of later) push(heap, timer);
}
