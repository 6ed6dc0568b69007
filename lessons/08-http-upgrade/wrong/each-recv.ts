// refused: wrong.not-kept
import type { Head, Reader } from '../exercise.js';
import { takeBytes as right, textOf } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Takes what one recv gives for a request, or for nothing. */
export function takeBytes(
  _: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  if (!textOf(bytes).includes('\r\n\r\n')) return 'more';
  return right({ bytes: new Uint8Array(0) }, bytes, maxLength);
}
