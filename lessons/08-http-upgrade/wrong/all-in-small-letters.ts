// refused: wrong.value-case
import { parseFields as right } from '../solution.js';

export { takeBytes, textOf } from '../solution.js';

/** Puts the whole line into small letters, and so the key too. */
export function parseFields(lines: readonly string[]): Map<string, string> {
  return right(lines.map((line) => line.toLowerCase()));
}
