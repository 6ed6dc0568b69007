// refused: wrong.names-eight-bytes
import type { Effect, Exhibit } from '../exercise.js';
import { hasLeft, verdicts as solution, turn } from '../solution.js';

export { hasLeft, turn };

/** Has no use for the last effect. */
export function verdicts(): Record<Exhibit, Effect> {
  const right = solution();
  return { ...right, 'eight-bytes': right.message };
}
