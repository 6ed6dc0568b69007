// refused: wrong.pad
import { writeLength as right } from '../solution.js';

export { readLength } from '../solution.js';

/** Cuts hex digits into pairs, as many as there are. */
export function writeLength(length: number): Uint8Array {
  if (length <= 125) return right(length);
  const pairs = length.toString(16).match(/..?/g) ?? [];
  const mark = length <= 65_535 ? 126 : 127;
  return Uint8Array.from([mark, ...pairs.map((pair) => Number.parseInt(pair, 16))]);
}
