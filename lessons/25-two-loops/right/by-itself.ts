import type { Envelope, Relayed } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

const counts = new WeakMap<Loop, { said: number; heard: Record<string, number> }>();

/** Keeps what it knows elsewhere. */
function of(loop: Loop): { said: number; heard: Record<string, number> } {
  const count = counts.get(loop) ?? { said: 0, heard: {} };
  counts.set(loop, count);
  return count;
}

/** Counts by itself. */
export function said(loop: Loop, message: Relayed, ways: Ways): void {
  ways.tell(message);
  ways.publish({ loop: loop.id, n: ++of(loop).said, message });
}

/** Knows the last of each by itself. */
export function came(loop: Loop, { loop: from, n, message }: Envelope, ways: Ways): void {
  const { heard } = of(loop);
  const last = heard[from] ?? 0;
  if (from === loop.id || n <= last) return;
  heard[from] = n;
  if (n - last > 1) ways.look();
  ways.tell(message);
}
