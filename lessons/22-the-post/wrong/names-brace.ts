// refused: wrong.names-brace
import type { Effect, Exhibit } from '../exercise.js';
import { hasLeft, verdicts as solution, turn } from '../solution.js';

export { hasLeft, turn };

/** Takes the brace for harmless: PHP would stop there, and the lines in front of it would have run. */
export function verdicts(): Record<Exhibit, Effect> {
  return { ...solution(), brace: 'whoever comes is closed at once', accept: 'nothing runs at all' };
}
