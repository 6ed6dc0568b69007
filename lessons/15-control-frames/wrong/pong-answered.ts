// refused: wrong.pong-answered
import { encodeFrame, type Frame, Opcode } from 'loopscope';
import type { Answer } from '../exercise.js';
import { answer as right } from '../solution.js';

export { closeFrame } from '../solution.js';

/** Answers a pong with a ping, to be polite. */
export function answer(frame: Frame, closeSent: boolean): Answer {
  if (frame.opcode !== Opcode.pong) return right(frame, closeSent);
  return { bytes: encodeFrame(Opcode.ping, frame.payload), closeTcp: false };
}
