// refused: wrong.form-lines
import { takeLines as right, type Taken } from '../solution.js';

/** Gives the lines as one text. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const taken = right(kept, bytes);
  return { ...taken, lines: taken.lines.join('\n') as unknown as string[] };
}
