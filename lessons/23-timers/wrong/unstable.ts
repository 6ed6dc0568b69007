// refused: wrong.equals
import type { Timer } from '../exercise.js';

export { runDue } from '../solution.js';

/** Compares the times only. */
export function push(heap: Timer[], timer: Timer): void {
  let i = heap.length;
  heap.push(timer);
  while (i > 0) {
    const above = (i - 1) >> 1;
    const parent = heap[above] as Timer;
    if (timer.due >= parent.due) return;
    heap[i] = parent;
    heap[above] = timer;
    i = above;
  }
}

/** Compares the times only. */
export function pop(heap: Timer[]): Timer | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || first === last) return last;
  heap[0] = last;
  for (let i = 0; ; ) {
    let below = 2 * i + 1;
    const [left, right] = [heap[below], heap[below + 1]];
    if (left === undefined) return first;
    if (right !== undefined && right.due < left.due) below++;
    const child = heap[below] as Timer;
    if (child.due >= last.due) return first;
    heap[i] = child;
    heap[below] = last;
    i = below;
  }
}
