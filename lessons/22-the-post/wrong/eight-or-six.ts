// refused: wrong.close
import { turn, verdicts } from '../solution.js';

export { turn, verdicts };

/** Knows the Close frames of pages by their lengths. */
export function hasLeft(buffer: Uint8Array | false): boolean {
  return buffer === false || buffer.length === 0 || (buffer[0] === 0x88 && buffer.length < 9);
}
