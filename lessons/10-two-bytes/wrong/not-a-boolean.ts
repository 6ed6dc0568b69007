// refused: wrong.no-boolean
import type { TwoBytes } from '../exercise.js';
import { readTwoBytes as right } from '../solution.js';

/** Gives the bit where it stands: 128 is not true. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  const fin = (first & 0b1000_0000) as unknown as boolean;
  return { ...right(first, second), fin };
}
