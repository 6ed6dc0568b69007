// refused: wrong.count
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Believes that the number counts the arrays in which something is ready. */
export function afterSelect() {
  return right().map((after) => ({ ...after, returned: Math.min(after.returned, 1) }));
}
