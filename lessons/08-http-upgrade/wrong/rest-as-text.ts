// refused: wrong.rest-as-text
import type { Head, Reader } from '../exercise.js';
import { takeBytes as right, textOf } from '../solution.js';

export { parseFields, textOf } from '../solution.js';

/** Makes bytes of the text behind the head again; but UTF-8 has two for whatever is above 7f. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  const head = right(reader, bytes, maxLength);
  if (typeof head === 'string') return head;
  return { ...head, rest: new TextEncoder().encode(textOf(head.rest)) };
}
