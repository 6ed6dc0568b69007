// refused: wrong.names-message
import type { Effect, Exhibit } from '../exercise.js';
import { hasLeft, verdicts as solution, turn } from '../solution.js';

export { hasLeft, turn };

/** Takes the silence for the eight bytes' doing. */
export function verdicts(): Record<Exhibit, Effect> {
  const right = solution();
  return { ...right, message: right['eight-bytes'], 'eight-bytes': right.message };
}
