// refused: wrong.epoll-scans
import type { Turn } from '../exercise.js';
import { countWork as right } from '../solution.js';

export { matchSteps } from '../solution.js';

/** Believes that epoll is poll with another name. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  return right(turns, model === 'epoll' ? 'poll' : model);
}
