import type { Turn } from '../exercise.js';

export { matchSteps } from '../solution.js';

/** Has a way of counting for each model. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  const none: Turn = { read: [], write: [], readyRead: [], readyWrite: [] };
  const counts = turns.map((turn, i) => {
    const watched = [...turn.read, ...turn.write];
    if (model === 'select') return watched.reduce((most, fd) => Math.max(most, fd + 1), 0);
    if (model === 'poll') return new Set(watched).size;
    return ready(turn) + changes(turns[i - 1] ?? none, turn);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function ready({ readyRead, readyWrite }: Turn): number {
  return readyRead.length + readyWrite.filter((fd) => !readyRead.includes(fd)).length;
}

function changes(before: Turn, now: Turn): number {
  const all = new Set([...before.read, ...before.write, ...now.read, ...now.write]);
  const isSame = (fd: number): boolean =>
    before.read.includes(fd) === now.read.includes(fd) &&
    before.write.includes(fd) === now.write.includes(fd);
  return [...all].filter((fd) => !isSame(fd)).length;
}
