// refused: wrong.dumb
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

export { said } from '../solution.js';

/** Takes the next number, and no other. */
export function came(loop: Loop, { loop: from, n, message }: Envelope, { tell, look }: Ways): void {
  if (from === loop.id) return;
  const last = loop.last.get(from) ?? 0;
  if (n > last + 1) look();
  if (n !== last + 1) return;
  loop.last.set(from, n);
  tell(message);
}
