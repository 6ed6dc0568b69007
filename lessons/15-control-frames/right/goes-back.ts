import { encodeFrame, Opcode } from 'loopscope';

export { answer } from '../solution.js';

/** Cuts at a byte, and goes back to where a character ends. */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  if (code === null) return encodeFrame(Opcode.close, new Uint8Array());
  const all = new TextEncoder().encode(reason);
  let end = Math.min(123, all.length);
  while (((all[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end--;
  return encodeFrame(Opcode.close, Uint8Array.of(code >> 8, code, ...all.subarray(0, end)));
}
