// refused: wrong.entry
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Takes the key itself for a list with one key. */
export function afterSelect() {
  return right().map((after) => ({ ...after, read: after.read[0] ?? '' }));
}
