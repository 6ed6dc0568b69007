/**
 * Lesson 12, a solution.
 */

/** Unmasks a payload, or a part of one. */
export function unmask(bytes: Uint8Array, key: Uint8Array, offset: number): Uint8Array {
  return bytes.map((byte, i) => byte ^ (key[(offset + i) % 4] ?? 0));
}

/** Reads a frame of a client; null for one without a mask. */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  const [, second = 0] = frame;
  if ((second & 0b1000_0000) === 0) return null;
  return unmask(frame.subarray(6), frame.subarray(2, 6), 0);
}
