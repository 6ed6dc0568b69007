// refused: wrong.negative
export { serve } from '../solution.js';

/** Forgets that a deadline may be over. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  return deadlines.length === 0 ? null : Math.min(...deadlines) - now;
}
