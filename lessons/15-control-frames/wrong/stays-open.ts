// refused: wrong.tcp-open
import type { Frame } from 'loopscope';
import type { Answer } from '../exercise.js';
import { answer as right } from '../solution.js';

export { closeFrame } from '../solution.js';

/** Leaves it to the client to close TCP. */
export function answer(frame: Frame, closeSent: boolean): Answer {
  return { ...right(frame, closeSent), closeTcp: false };
}
