// refused: wrong.mask-in-length
import type { TwoBytes } from '../exercise.js';
import { readTwoBytes as right } from '../solution.js';

/** Takes the whole second byte for the length. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return { ...right(first, second), length: second };
}
