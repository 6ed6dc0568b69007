// refused: wrong.off-by-one
import type { Turn } from '../exercise.js';
import { countWork as right } from '../solution.js';

export { matchSteps } from '../solution.js';

/** Forgets that numbers begin with 0. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  return right(turns, model) - (model === 'select' ? turns.length : 0);
}
