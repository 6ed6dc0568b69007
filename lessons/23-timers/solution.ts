/**
 * Lesson 23, a solution.
 */

import type { Timer } from './exercise.js';

/** Tells whether one timer is before another. */
export function isBefore(a: Timer, b: Timer): boolean {
  return a.due < b.due || (a.due === b.due && a.n < b.n);
}

/** Puts a timer at the end, and lets it climb until its parent is before it. */
export function push(heap: Timer[], timer: Timer): void {
  let i = heap.length;
  heap.push(timer);
  while (i > 0) {
    const above = (i - 1) >> 1;
    const parent = heap[above] as Timer;
    if (!isBefore(timer, parent)) return;
    heap[i] = parent;
    heap[above] = timer;
    i = above;
  }
}

/** Puts the last timer in the place of the first, and lets it sink until its children are behind it. */
export function pop(heap: Timer[]): Timer | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (last === undefined || first === last) return last;
  heap[0] = last;
  for (let i = 0; ; ) {
    let below = 2 * i + 1;
    const [left, right] = [heap[below], heap[below + 1]];
    if (left === undefined) return first;
    if (right !== undefined && isBefore(right, left)) below++;
    const child = heap[below] as Timer;
    if (!isBefore(child, last)) return first;
    heap[i] = child;
    heap[below] = last;
    i = below;
  }
}

/** Takes out all that is due, and only then runs it. */
export function runDue(heap: Timer[], now: number): void {
  const due: Timer[] = [];
  for (let [first] = heap; first !== undefined && first.due <= now; [first] = heap) {
    due.push(first);
    pop(heap);
  }
  for (const { run } of due) run();
}
