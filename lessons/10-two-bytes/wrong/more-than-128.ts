// refused: wrong.alone

import type { TwoBytes } from '../exercise.js';
import { readTwoBytes as right } from '../solution.js';

/** Asks whether a byte is above 128, which it is not when the highest bit stands alone. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return { ...right(first, second), fin: first > 128, masked: second > 128 };
}
