// refused: wrong.lines
import { takeLines as right, type Taken } from '../solution.js';

/** Puts what was kept in front of every line that comes, where it belongs to the first alone. */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  const { lines, kept: rest } = right(new Uint8Array(0), bytes);
  if (lines.length === 0) return right(kept, bytes);
  const begun = new TextDecoder().decode(kept);
  return { lines: lines.map((line) => begun + line), kept: rest };
}
