// refused: wrong.bits-lost
export { readLength } from '../solution.js';

/** Shifts by 32 bits and more, which JavaScript takes modulo 32. */
export function writeLength(length: number): Uint8Array {
  if (length <= 125) return Uint8Array.of(length);
  if (length <= 65_535) return Uint8Array.of(126, length >>> 8, length);
  return Uint8Array.of(127, 0, 0, 0, 0, length >>> 24, length >>> 16, length >>> 8, length);
}
