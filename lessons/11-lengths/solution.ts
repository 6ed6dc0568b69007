/**
 * Lesson 11, a solution.
 */

/** Writes a payload length in the shortest of the three forms. */
export function writeLength(length: number): Uint8Array {
  if (length <= 125) return Uint8Array.of(length);
  if (length <= 65_535) return Uint8Array.of(126, length >>> 8, length);
  const bytes = new Uint8Array(9);
  const view = new DataView(bytes.buffer);
  bytes[0] = 127;
  view.setBigUint64(1, BigInt(length));
  return bytes;
}

/** Reads a payload length; null when a shorter form would have done. */
export function readLength(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = view.getUint8(0);
  if (first <= 125) return first;
  if (first === 126) {
    const length = view.getUint16(1);
    return length >= 126 ? length : null;
  }
  const length = Number(view.getBigUint64(1));
  return length >= 65_536 ? length : null;
}
