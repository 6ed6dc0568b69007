// refused: wrong.opcode-too-wide
import type { TwoBytes } from '../exercise.js';
import { readTwoBytes as right } from '../solution.js';

/** Takes the reserved bits for a part of the opcode. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return { ...right(first, second), opcode: first & 0b0111_1111 };
}
