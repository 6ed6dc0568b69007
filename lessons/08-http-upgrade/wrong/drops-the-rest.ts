// refused: wrong.rest-lost
import type { Head, Reader } from '../exercise.js';
import { takeBytes as right } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Forgets what came behind the empty line. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  const taken = right(reader, bytes, maxLength);
  return typeof taken === 'string' ? taken : { ...taken, rest: new Uint8Array(0) };
}
