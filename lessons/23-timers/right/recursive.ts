import type { Timer } from '../exercise.js';

const isLater = (a: Timer, b: Timer): boolean =>
  a.due - b.due > 0 || (a.due === b.due && a.n > b.n);

function swap(heap: Timer[], i: number, k: number): void {
  [heap[i], heap[k]] = [heap[k] as Timer, heap[i] as Timer];
}

function up(heap: Timer[], i: number): void {
  const above = Math.floor((i - 1) / 2);
  if (i === 0 || isLater(heap[i] as Timer, heap[above] as Timer)) return;
  swap(heap, i, above);
  up(heap, above);
}

function down(heap: Timer[], i: number): void {
  const inside = [2 * i + 1, 2 * i + 2].filter((k) => k < heap.length);
  const [a = i, b = a] = inside;
  const least = isLater(heap[a] as Timer, heap[b] as Timer) ? b : a;
  if (least === i || isLater(heap[least] as Timer, heap[i] as Timer)) return;
  swap(heap, i, least);
  down(heap, least);
}

/** Lets it climb, in swaps. */
export function push(heap: Timer[], timer: Timer): void {
  up(heap, heap.push(timer) - 1);
}

/** Swaps the first with the last, and lets that sink. */
export function pop(heap: Timer[]): Timer | undefined {
  if (heap.length > 1) swap(heap, 0, heap.length - 1);
  const first = heap.pop();
  if (heap.length > 1) down(heap, 0);
  return first;
}

/** Takes out first, runs then. */
export function runDue(heap: Timer[], now: number): void {
  const next = heap[0];
  if (next === undefined || next.due > now) return;
  pop(heap);
  const rest: Timer[] = [];
  while ((heap[0]?.due ?? Number.POSITIVE_INFINITY) <= now) rest.push(pop(heap) as Timer);
  next.run();
  for (const timer of rest) timer.run();
}
