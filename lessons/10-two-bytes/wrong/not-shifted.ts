// refused: wrong.not-shifted
import type { TwoBytes } from '../exercise.js';
import { readTwoBytes as right } from '../solution.js';

/** Leaves the reserved bits where they stand. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return { ...right(first, second), reserved: first & 0b0111_0000 };
}
