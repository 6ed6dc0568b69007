// refused: wrong.not-looked
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

export { said } from '../solution.js';

/** Does not mind that something is missing. */
export function came(loop: Loop, { loop: from, n, message }: Envelope, { tell }: Ways): void {
  if (from === loop.id || n <= (loop.last.get(from) ?? 0)) return;
  loop.last.set(from, n);
  tell(message);
}
