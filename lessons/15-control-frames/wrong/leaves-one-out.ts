// refused: wrong.left-out
import { encodeFrame, Opcode } from 'loopscope';

export { answer } from '../solution.js';

/** Leaves out the character that does not fit, and takes a smaller one behind it. */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  if (code === null) return encodeFrame(Opcode.close, new Uint8Array(0));
  const payload = [code >>> 8, code & 0xff];
  for (const character of reason) {
    const bytes = new TextEncoder().encode(character);
    if (payload.length + bytes.length <= 125) payload.push(...bytes);
  }
  return encodeFrame(Opcode.close, Uint8Array.from(payload));
}
