// refused: wrong.holes
import type { Turn } from '../exercise.js';
import { countWork as right } from '../solution.js';

export { matchSteps } from '../solution.js';

/** Believes that select asks those that are watched, and no others. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  return right(turns, model === 'select' ? 'poll' : model);
}
