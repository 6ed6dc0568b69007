// refused: wrong.byte-offset

export { writeLength } from '../solution.js';

/** Looks at the whole buffer, and not at the part of it that these bytes are. */
export function readLength(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer);
  const first = view.getUint8(0);
  if (first <= 125) return first;
  const length = first === 126 ? view.getUint16(1) : Number(view.getBigUint64(1));
  return length >= (first === 126 ? 126 : 65_536) ? length : null;
}
