// refused: wrong.rest-counted
import type { Head, Reader } from '../exercise.js';
import { takeBytes as right } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Counts all that has come, and not the head. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  if (reader.bytes.length + bytes.length > maxLength) return 'too long';
  return right(reader, bytes, maxLength);
}
