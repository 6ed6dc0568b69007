// refused: wrong.character-cut
import { encodeFrame, Opcode } from 'loopscope';

export { answer } from '../solution.js';

/** Cuts the reason at a byte, which may be inside a character. */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  if (code === null) return encodeFrame(Opcode.close, new Uint8Array(0));
  const text = new TextEncoder().encode(reason).subarray(0, 123);
  return encodeFrame(Opcode.close, Uint8Array.of(code >>> 8, code & 0xff, ...text));
}
