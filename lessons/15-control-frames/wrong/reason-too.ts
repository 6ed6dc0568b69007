// refused: wrong.close-code
import { encodeFrame, type Frame, Opcode } from 'loopscope';
import type { Answer } from '../exercise.js';
import { answer as right } from '../solution.js';

export { closeFrame } from '../solution.js';

/** Sends back all that a Close frame says, as a pong does. */
export function answer(frame: Frame, closeSent: boolean): Answer {
  if (frame.opcode !== Opcode.close || closeSent) return right(frame, closeSent);
  return { bytes: encodeFrame(Opcode.close, frame.payload), closeTcp: true };
}
