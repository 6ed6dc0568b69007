// refused: wrong.close-unanswered
import { type Frame, Opcode } from 'loopscope';
import type { Answer } from '../exercise.js';
import { answer as right } from '../solution.js';

export { closeFrame } from '../solution.js';

/** Closes TCP at once, as the PHP original does. */
export function answer(frame: Frame, closeSent: boolean): Answer {
  if (frame.opcode !== Opcode.close) return right(frame, closeSent);
  return { bytes: null, closeTcp: true };
}
