/**
 * Lesson 20, a solution.
 */

import type { Fd } from 'loopscope';
import type { Calls, Turn } from './exercise.js';

/** Says what stands in the place of each step. */
export function matchSteps(): Record<'watch' | 'wish' | 'wait' | 'find' | 'forget', Calls> {
  return {
    watch: { poll: 'add an entry to the array', epoll: 'epoll_ctl ADD', libuv: 'uv_read_start' },
    wish: { poll: 'set POLLOUT in its entry', epoll: 'epoll_ctl MOD', libuv: 'uv_write' },
    wait: { poll: 'call poll', epoll: 'call epoll_wait', libuv: 'uv_run' },
    find: {
      poll: 'look at revents of every entry',
      epoll: 'go through the list that epoll_wait has filled',
      libuv: 'libuv has called your callback',
    },
    forget: { poll: 'take its entry out of the array', epoll: 'epoll_ctl DEL', libuv: 'uv_close' },
  };
}

/** Counts the descriptors that a kernel has to go through. */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  let work = 0;
  let before = new Map<Fd, string>();
  for (const turn of turns) {
    const now = wishes(turn);
    if (model === 'select') work += Math.max(...now.keys()) + 1;
    if (model === 'poll') work += now.size;
    if (model === 'epoll') {
      work += new Set([...turn.readyRead, ...turn.readyWrite]).size;
      for (const [fd, wish] of now) if (before.get(fd) !== wish) work++;
      for (const fd of before.keys()) if (!now.has(fd)) work++;
    }
    before = now;
  }
  return work;
}

/** What each descriptor is watched for. */
export function wishes({ read, write }: Turn): Map<Fd, string> {
  const found = new Map<Fd, string>();
  for (const fd of read) found.set(fd, 'read');
  for (const fd of write) found.set(fd, `${found.get(fd) ?? ''} write`);
  return found;
}
