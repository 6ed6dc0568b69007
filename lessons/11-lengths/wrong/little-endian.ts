// refused: wrong.order
export { readLength } from '../solution.js';

/** Writes the lowest byte first. */
export function writeLength(length: number): Uint8Array {
  if (length <= 125) return Uint8Array.of(length);
  if (length <= 65_535) return Uint8Array.of(126, length, length >>> 8);
  const bytes = new Uint8Array(9);
  bytes[0] = 127;
  new DataView(bytes.buffer).setBigUint64(1, BigInt(length), true);
  return bytes;
}
