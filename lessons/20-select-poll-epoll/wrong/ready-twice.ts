// refused: wrong.ready-twice
import type { Turn } from '../exercise.js';
import { countWork as right } from '../solution.js';

export { matchSteps } from '../solution.js';

/** Counts a descriptor that can be read and written as two. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  if (model !== 'epoll') return right(turns, model);
  const twice = turns.map(({ readyRead, readyWrite }) => {
    return readyRead.filter((fd) => readyWrite.includes(fd)).length;
  });
  return right(turns, model) + twice.reduce((sum, count) => sum + count, 0);
}
