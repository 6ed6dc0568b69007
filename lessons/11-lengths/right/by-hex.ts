/** Writes hex digits, with zeros in front. */
export function writeLength(length: number): Uint8Array {
  if (length <= 125) return Buffer.of(length);
  const digits = length <= 65_535 ? 4 : 16;
  const mark = digits === 4 ? '7e' : '7f';
  return Buffer.from(mark + length.toString(16).padStart(digits, '0'), 'hex');
}

/** Goes by the shortest form of what it has read. */
export function readLength(bytes: Uint8Array): number | null {
  const [first = 0, ...more] = bytes;
  const length = more.length === 0 ? first : more.reduce((sum, byte) => sum * 256 + byte, 0);
  return writeLength(length).length === bytes.length ? length : null;
}
