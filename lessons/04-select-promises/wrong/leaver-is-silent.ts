// refused: wrong.leaver
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Believes that without bytes there is nothing to read. */
export function afterSelect() {
  const after = right();
  after[5] = { returned: 0, read: [], write: null };
  return after;
}
