/** Lets Node's Buffer write the number, in two halves where it is long. */
export function writeLength(length: number): Uint8Array {
  if (length < 126) return new Uint8Array([length]);
  if (length < 2 ** 16) {
    const bytes = Buffer.allocUnsafe(3);
    bytes.writeUInt8(126);
    bytes.writeUInt16BE(length, 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9, 127);
  bytes.writeUInt32BE(Math.floor(length / 2 ** 32), 1);
  bytes.writeUInt32BE(length % 2 ** 32, 5);
  return bytes;
}

/** Reads it the same way. */
export function readLength(bytes: Uint8Array): number | null {
  const buffer = Buffer.from(bytes);
  const first = buffer.readUInt8();
  if (first < 126) return first;
  if (first === 126) return buffer.readUInt16BE(1) < 126 ? null : buffer.readUInt16BE(1);
  const length = buffer.readUInt32BE(1) * 2 ** 32 + buffer.readUInt32BE(5);
  return length < 2 ** 16 ? null : length;
}
