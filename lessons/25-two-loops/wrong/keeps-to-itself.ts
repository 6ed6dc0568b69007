// refused: wrong.kept
import type { Relayed } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

export { came } from '../solution.js';

/** Tells those here, and nobody else. */
export function said(_loop: Loop, message: Relayed, { tell }: Ways): void {
  tell(message);
}
