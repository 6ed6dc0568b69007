// refused: wrong.split-ending
import { joinBytes } from 'loopscope';
import type { Head, Reader } from '../exercise.js';
import { takeBytes as right, textOf } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Keeps all bytes, but looks for the empty line only in the new ones. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  if (textOf(bytes).includes('\r\n\r\n')) return right(reader, bytes, maxLength);
  reader.bytes = joinBytes([reader.bytes, bytes]);
  return reader.bytes.length > maxLength ? 'too long' : 'more';
}
