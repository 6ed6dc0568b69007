// refused: wrong.once
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Believes that select reports news, and each of them once. */
export function afterSelect() {
  const after = right();
  after[3] = { returned: 0, read: [], write: null };
  return after;
}
