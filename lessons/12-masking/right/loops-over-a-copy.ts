/** Copies into a Buffer, and changes that. */
export function unmask(bytes: Uint8Array, key: Uint8Array, offset: number): Uint8Array {
  const copy = Buffer.from(bytes);
  for (let i = 0; i < copy.length; i++) copy[i] = (copy[i] ?? 0) ^ (key[(i + offset) & 3] ?? 0);
  return copy;
}

/** Goes by the length that the frame says, and unmasks where the bytes stand: they are its own copy. */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  const copy = frame.slice();
  const second = copy[1] ?? 0;
  if (second < 128) return null;
  const key = copy.subarray(2, 6);
  const payload = copy.subarray(6, 6 + (second & 127));
  payload.set(unmask(payload, key, 0));
  return payload;
}
