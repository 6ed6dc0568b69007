// refused: wrong.no-limit
import type { Head, Reader } from '../exercise.js';
import { takeBytes as right } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Looks at the length only once the head is whole. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  const taken = right(reader, bytes, Number.POSITIVE_INFINITY);
  if (typeof taken === 'string') return taken;
  const length = reader.bytes.length - taken.rest.length;
  return length > maxLength ? 'too long' : taken;
}
