import type { TwoBytes } from '../exercise.js';

/** Divides, where others shift. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return {
    fin: first >= 128,
    reserved: Math.floor(first / 16) % 8,
    opcode: first % 16,
    masked: Boolean(second >> 7),
    length: second % 128,
  };
}
