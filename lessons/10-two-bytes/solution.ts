/**
 * Lesson 10, a solution.
 */

import type { TwoBytes } from './exercise.js';

/** Takes two bytes apart. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return {
    fin: (first & 0b1000_0000) !== 0,
    reserved: (first & 0b0111_0000) >>> 4,
    opcode: first & 0b0000_1111,
    masked: (second & 0b1000_0000) !== 0,
    length: second & 0b0111_1111,
  };
}
