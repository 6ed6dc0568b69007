// refused: wrong.end
import { turn, verdicts } from '../solution.js';

export { turn, verdicts };

/** Waits for a goodbye. */
export function hasLeft(buffer: Uint8Array | false): boolean {
  return buffer !== false && buffer[0] === 0x88;
}
