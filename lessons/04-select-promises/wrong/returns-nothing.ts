// refused: wrong.six-entries
export { readableKeys } from '../solution.js';

/** Writes the list, and forgets to return it. */
export function afterSelect() {
  return;
}
