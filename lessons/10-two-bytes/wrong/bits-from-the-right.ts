// refused: wrong.lowest-bit
import type { TwoBytes } from '../exercise.js';
import { readTwoBytes as right } from '../solution.js';

/** Takes the lowest bit for the first one. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return { ...right(first, second), fin: (first & 1) !== 0, masked: (second & 1) !== 0 };
}
