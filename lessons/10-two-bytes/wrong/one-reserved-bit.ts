// refused: wrong.field
import type { TwoBytes } from '../exercise.js';
import { readTwoBytes as right } from '../solution.js';

/** Knows the one reserved bit that is used, RSV1, and no other. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return { ...right(first, second), reserved: (first & 0b0100_0000) >>> 4 };
}
