// refused: wrong.again
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

export { said } from '../solution.js';

/** Thinks that a broker brings nothing twice. */
export function came(loop: Loop, { loop: from, n, message }: Envelope, { tell, look }: Ways): void {
  if (from === loop.id) return;
  const last = loop.last.get(from) ?? 0;
  loop.last.set(from, n);
  if (n > last + 1) look();
  tell(message);
}
