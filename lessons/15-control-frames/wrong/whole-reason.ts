// refused: wrong.reason-too-long
import { encodeFrame, Opcode } from 'loopscope';

export { answer } from '../solution.js';

/** Counts characters, where bytes are limited. */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  if (code === null) return encodeFrame(Opcode.close, new Uint8Array(0));
  const text = new TextEncoder().encode(reason.slice(0, 123));
  return encodeFrame(Opcode.close, Uint8Array.of(code >>> 8, code & 0xff, ...text));
}
