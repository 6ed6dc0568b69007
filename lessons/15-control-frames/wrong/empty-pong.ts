// refused: wrong.pong-payload
import { encodeFrame, type Frame, Opcode } from 'loopscope';
import type { Answer } from '../exercise.js';
import { answer as right } from '../solution.js';

export { closeFrame } from '../solution.js';

/** Sends a pong with nothing in it. */
export function answer(frame: Frame, closeSent: boolean): Answer {
  if (frame.opcode !== Opcode.ping) return right(frame, closeSent);
  return { bytes: encodeFrame(Opcode.pong, new Uint8Array(0)), closeTcp: false };
}
