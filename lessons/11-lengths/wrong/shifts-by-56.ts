// refused: wrong.shift-round
import { writeLength as right } from '../solution.js';

export { readLength } from '../solution.js';

/** Shifts as far as the highest of eight bytes, which JavaScript's numbers do not do. */
export function writeLength(length: number): Uint8Array {
  if (length <= 65_535) return right(length);
  const counts = [56, 48, 40, 32, 24, 16, 8, 0];
  return Uint8Array.of(127, ...counts.map((count) => (length >> count) & 0xff));
}
