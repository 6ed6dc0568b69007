/**
 * Lesson 11: write and read the length of a payload.
 *
 * The frames are a server's, so the MASK bit is 0 everywhere. Only the bytes of the length are asked
 * for: the first byte of the frame is not among them.
 */

import { todo } from 'loopscope/lesson';

/**
 * Writes a payload length in the shortest of the three forms.
 *
 * @param length in bytes, 0 to 2 ** 53 - 1
 * @returns 1, 3 or 9 bytes; several bytes of a number stand highest first
 */
export function writeLength(length: number): Uint8Array {
  return todo(`write ${length} in 1, 3 or 9 bytes`);
}

/**
 * Reads a payload length.
 *
 * @param bytes what {@link writeLength} writes, or the same number in a longer form
 * @returns the length in bytes; null when a shorter form would have done (RFC 6455 5.2)
 */
export function readLength(bytes: Uint8Array): number | null {
  return todo(`read the length in ${bytes.length} bytes`);
}
