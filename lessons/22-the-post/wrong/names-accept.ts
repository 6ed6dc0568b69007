// refused: wrong.names-accept
import type { Effect, Exhibit } from '../exercise.js';
import { hasLeft, verdicts as solution, turn } from '../solution.js';

export { hasLeft, turn };

/** Thinks that a connection stands once the kernel has made it. */
export function verdicts(): Record<Exhibit, Effect> {
  const { accept, message, ...others } = solution();
  return { ...others, accept: message, message: accept };
}
