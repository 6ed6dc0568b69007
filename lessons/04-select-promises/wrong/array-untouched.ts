// refused: wrong.timeout-leaves
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Believes that a time-out leaves the arrays as they were. */
export function afterSelect() {
  const after = right();
  after[0] = { returned: 0, read: ['listener'], write: null };
  return after;
}
