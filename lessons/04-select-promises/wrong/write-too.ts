// refused: wrong.no-array
import { afterSelect as right } from '../solution.js';

export { readableKeys } from '../solution.js';

/** Believes that every call has three arrays, and that what was not asked for is an empty one. */
export function afterSelect() {
  return right().map((after) => ({ ...after, write: after.write ?? [] }));
}
