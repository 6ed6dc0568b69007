// refused: wrong.not-shortest
import { writeLength as right } from '../solution.js';

export { readLength } from '../solution.js';

/** Thinks that one long form does no harm, and saves a border. */
export function writeLength(length: number): Uint8Array {
  return length <= 65_535 ? Uint8Array.of(126, length >>> 8, length) : right(length);
}
