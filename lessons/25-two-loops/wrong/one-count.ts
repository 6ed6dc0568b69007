// refused: wrong.other-loop
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

export { said } from '../solution.js';

/** Counts all loops together. */
export function came(loop: Loop, { loop: from, n, message }: Envelope, { tell, look }: Ways): void {
  if (from === loop.id) return;
  const last = loop.last.get('all') ?? 0;
  if (n <= last) return;
  loop.last.set('all', n);
  if (n > last + 1) look();
  tell(message);
}
