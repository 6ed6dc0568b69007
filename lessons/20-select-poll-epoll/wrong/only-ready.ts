// refused: wrong.registers
import type { Turn } from '../exercise.js';
import { countWork as right } from '../solution.js';

export { matchSteps } from '../solution.js';

/** Believes that epoll knows by itself what to watch. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  if (model !== 'epoll') return right(turns, model);
  return turns.reduce(
    (sum, { readyRead, readyWrite }) => sum + new Set([...readyRead, ...readyWrite]).size,
    0,
  );
}
