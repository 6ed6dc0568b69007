// refused: wrong.empty-line
import { takeLines as right, type Taken } from '../solution.js';

/** Throws empty lines away, as leftovers of the cutting. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const taken = right(kept, bytes);
  return { ...taken, lines: taken.lines.filter((line) => line !== '') };
}
