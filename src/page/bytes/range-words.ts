/**
 * A stretch of bytes in words.
 * @module
 */

import { say } from '../texts.js';
import type { Range } from './fields.js';

/** Its first byte and its last. */
export function rangeWords({ start, end }: Range): string {
  if (end - start <= 1) return say('bytes.range.one', { start });
  return say('bytes.range', { start, last: end - 1 });
}

/** The same, and how many bytes they are. */
export function rangeWithLength(range: Range): string {
  return say('bytes.range.length', { range: rangeWords(range), n: range.end - range.start });
}
