// refused: wrong.polls
export { serve } from '../solution.js';

/** Looks every 10 milliseconds, to be safe. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  if (deadlines.length === 0) return null;
  return Math.max(0, Math.min(10, Math.min(...deadlines) - now));
}
