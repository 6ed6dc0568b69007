// refused: wrong.late
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

export { said } from '../solution.js';

const known = new WeakMap<Loop, Set<string>>();

/** Keeps all numbers that it has heard, and tells whatever is not among them. */
export function came(loop: Loop, { loop: from, n, message }: Envelope, { tell, look }: Ways): void {
  if (from === loop.id) return;
  const heard = known.get(loop) ?? new Set();
  known.set(loop, heard);
  if (heard.has(`${from} ${n}`)) return;
  heard.add(`${from} ${n}`);
  const last = loop.last.get(from) ?? 0;
  loop.last.set(from, Math.max(n, last));
  if (n > last + 1) look();
  tell(message);
}
