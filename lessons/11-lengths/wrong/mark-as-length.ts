// refused: wrong.mark-as-length
export { readLength } from '../solution.js';

/** Takes 126 for a length that 7 bits can say. */
export function writeLength(length: number): Uint8Array {
  if (length <= 126) return Uint8Array.of(length);
  if (length <= 65_535) return Uint8Array.of(126, length >>> 8, length);
  return new Uint8Array(9);
}
