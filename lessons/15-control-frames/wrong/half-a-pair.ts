// refused: wrong.half-a-pair
import { encodeFrame, Opcode } from 'loopscope';

export { answer } from '../solution.js';

/** Shortens the text by its length, which counts some characters twice. */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  if (code === null) return encodeFrame(Opcode.close, new Uint8Array(0));
  let text = reason;
  while (new TextEncoder().encode(text).length > 123) text = text.slice(0, text.length - 1);
  return encodeFrame(
    Opcode.close,
    Uint8Array.of(code >>> 8, code & 0xff, ...new TextEncoder().encode(text)),
  );
}
