/**
 * Lesson 10: read the first two bytes of a frame.
 *
 * What is a number here is the number of its bits alone: the three bits 101 are 5, wherever they
 * stand in their byte.
 */

import { todo } from 'loopscope/lesson';

/** What stands in the two bytes. */
export interface TwoBytes {
  /** FIN, the highest bit of the first byte. */
  fin: boolean;
  /** The three reserved bits behind it, 0 to 7. */
  reserved: number;
  /** The other four bits, 0 to 15. */
  opcode: number;
  /** MASK, the highest bit of the second byte. */
  masked: boolean;
  /** The other seven bits as they are, 0 to 127. What 126 and 127 mean is for lesson 11. */
  length: number;
}

/**
 * Takes two bytes apart.
 *
 * @param first 0 to 255
 * @param second 0 to 255
 */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return todo(`read ${first} and ${second}, bit by bit`);
}
