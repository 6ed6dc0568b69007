// refused: wrong.not-a-character

import type { Taken } from '../exercise.js';
import { takeText as right } from '../solution.js';

/** Knows how long a character is, and not which ones there are: half of a pair may wait. */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  const bytes = Uint8Array.of(...kept, ...piece);
  const [first = 0, second = 0, third] = bytes;
  const isHalf = first === 0xed && second >= 0xa0 && third === undefined && bytes.length === 2;
  return isHalf ? { text: '', kept: bytes } : right(kept, piece);
}
