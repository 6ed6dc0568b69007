// refused: wrong.polls
import { waitAtMost as right } from '../solution.js';

export { serve } from '../solution.js';

/** Wakes up a moment too early, and then asks again and again until the moment is over. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  const ms = right(now, deadlines);
  return ms === null ? null : Math.floor(ms);
}
