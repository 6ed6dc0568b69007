// refused: wrong.after-close
import type { Frame } from 'loopscope';
import type { Answer } from '../exercise.js';
import { answer as right } from '../solution.js';

export { closeFrame } from '../solution.js';

/** Does not ask whether our own Close frame went out before. */
export function answer(frame: Frame, _closeSent: boolean): Answer {
  return right(frame, false);
}
