// refused: wrong.limit
import type { Head, Reader } from '../exercise.js';
import { takeBytes as right } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Refuses a head of just the greatest length. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  return right(reader, bytes, maxLength - 1);
}
