// refused: wrong.forever

export { serve } from '../solution.js';

/** Takes the greatest of them to start with, and finds none that is smaller. */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  let first = Number.POSITIVE_INFINITY;
  for (const deadline of deadlines) if (deadline > first) first = deadline;
  return Math.max(0, first - now);
}
