// refused: wrong.looks
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';
import { came as right } from '../solution.js';

export { said } from '../solution.js';

/** Looks each time, to be safe. */
export function came(loop: Loop, envelope: Envelope, ways: Ways): void {
  right(loop, envelope, { ...ways, look() {} });
  ways.look();
}
