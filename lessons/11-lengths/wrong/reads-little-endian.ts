// refused: wrong.read
export { writeLength } from '../solution.js';

/** Reads the lowest byte first. */
export function readLength(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = view.getUint8(0);
  if (first <= 125) return first;
  return first === 126 ? view.getUint16(1, true) : Number(view.getBigUint64(1, true));
}
