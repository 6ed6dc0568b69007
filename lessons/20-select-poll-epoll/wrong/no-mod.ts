// refused: wrong.epoll
import type { Turn } from '../exercise.js';
import { countWork as right } from '../solution.js';

export { matchSteps } from '../solution.js';

/** Tells epoll who comes and who goes, and forgets who wants something else. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  if (model !== 'epoll') return right(turns, model);
  let work = 0;
  let before = new Set<number>();
  for (const turn of turns) {
    const now = new Set([...turn.read, ...turn.write]);
    work += new Set([...turn.readyRead, ...turn.readyWrite]).size;
    for (const fd of now) if (!before.has(fd)) work++;
    for (const fd of before) if (!now.has(fd)) work++;
    before = now;
  }
  return work;
}
