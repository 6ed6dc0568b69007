// refused: wrong.takes-longer-form
export { writeLength } from '../solution.js';

/** Reads any form, the shortest or not. */
export function readLength(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length === 1) return view.getUint8(0);
  return bytes.length === 3 ? view.getUint16(1) : Number(view.getBigUint64(1));
}
