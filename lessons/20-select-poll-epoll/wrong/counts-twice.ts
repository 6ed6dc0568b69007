// refused: wrong.twice
import type { Turn } from '../exercise.js';
import { countWork as right } from '../solution.js';

export { matchSteps } from '../solution.js';

/** Counts a descriptor once in each set. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  if (model !== 'poll') return right(turns, model);
  return turns.reduce((sum, { read, write }) => sum + read.length + write.length, 0);
}
