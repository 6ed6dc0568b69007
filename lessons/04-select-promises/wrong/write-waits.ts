// refused: wrong.write-waits
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Believes that only who waits for something to be sent is writable. */
export function afterSelect() {
  const after = right();
  after[4] = { returned: 0, read: [], write: [] };
  return after;
}
