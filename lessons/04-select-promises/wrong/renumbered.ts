// refused: wrong.renumbered
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Believes that what is left is counted from 0 again. */
export function afterSelect() {
  return right().map((after) => ({
    ...after,
    read: after.read.map((key) => (key === 2 ? 0 : key)),
  }));
}
