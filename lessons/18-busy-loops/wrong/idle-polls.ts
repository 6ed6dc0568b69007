// refused: wrong.idle
export { serve } from '../solution.js';

/** Wakes up every second even if there is nothing to do. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  if (deadlines.length === 0) return 1_000;
  return Math.max(0, Math.min(...deadlines) - now);
}
