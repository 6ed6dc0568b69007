// refused: wrong.trimmed
import { takeLines as right, type Taken } from '../solution.js';

/** Takes spaces at the ends of a line for leftovers. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const taken = right(kept, bytes);
  return { ...taken, lines: taken.lines.map((line) => line.trim()) };
}
