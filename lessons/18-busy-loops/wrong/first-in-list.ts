// refused: wrong.late
export { serve } from '../solution.js';

/** Takes the first deadline of the list for the next one. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  const [next] = deadlines;
  return next === undefined ? null : Math.max(0, next - now);
}
