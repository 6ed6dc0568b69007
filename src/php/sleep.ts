/**
 * How a process sleeps, how often it has woken, and what it has used of a processor: from /proc, so on
 * Linux alone.
 * @module
 */

import { readFileSync } from 'node:fs';
import type { Restless } from '../scenario/compare.js';
import { listProc, readProc } from './processes.js';

/** System calls by what it means to sleep in them, by architecture; asm/unistd.h. */
const SYSCALLS: Partial<Record<NodeJS.Architecture, { waits: number[]; blocks: number[] }>> = {
  x64: {
    waits: [7, 23, 232, 270, 271, 281, 441], // poll select epoll_wait pselect6 ppoll epoll_pwait(2)
    blocks: [0, 1, 20, 43, 44, 45, 46, 288], // read write writev accept sendto recvfrom sendmsg accept4
  },
  arm64: {
    waits: [22, 72, 73, 441], // epoll_pwait pselect6 ppoll epoll_pwait2
    blocks: [63, 64, 66, 202, 206, 207, 211, 242], // in the order of x64
  },
};

/** How a process sleeps, and a text that changes whenever it has run in between. */
export interface Sleep {
  /** It `waits` in select and the like, `blocks` in a call on one socket, or `rests` in another one. */
  how: 'waits' | 'blocks' | 'rests';
  sinceWhen: string;
}

/**
 * Looks how a process sleeps, all its threads.
 *
 * @throws Error what /proc says when this may not be looked at, or is not there
 */
export function sleepOf(pid: number): Sleep | 'busy' | 'dead' {
  const calls = SYSCALLS[process.arch];
  if (calls === undefined)
    throw new Error(`bug: the system calls of ${process.arch} are not known`);
  const threads = listProc(`/proc/${pid}/task`);
  if (threads.length === 0) return 'dead';
  const numbers: number[] = [];
  const seen: string[] = [];
  for (const thread of threads) {
    const path = `/proc/${pid}/task/${thread}`;
    const syscall = readFileSync(`${path}/syscall`, 'latin1'); // `running`, or number and arguments
    const status = readFileSync(`${path}/status`, 'latin1');
    const state = /^State:\t(\w)/m.exec(status)?.[1];
    if (state === 'Z' || state === 'X') return 'dead';
    // T and t are stopped, by a signal or by a tracer: what they are in, they may just leave
    if (state !== 'S' || syscall.startsWith('running')) return 'busy';
    numbers.push(Number.parseInt(syscall, 10));
    seen.push(syscall, ...(status.match(/^\w+_ctxt_switches:.*$/gm) ?? []));
  }
  const isIn = (some: readonly number[]): boolean => numbers.some((one) => some.includes(one));
  const how = isIn(calls.blocks) ? 'blocks' : isIn(calls.waits) ? 'waits' : 'rests';
  return { how, sinceWhen: seen.join() };
}

/** Whether the system calls of this machine are known. */
export const canTellSleep = SYSCALLS[process.arch] !== undefined;

/** How often a process has slept and woken by itself, and what it has used, since it began; the kernel counts in hundredths of a second. */
export function usedBy(pid: number): Restless {
  const status = readProc(`/proc/${pid}/status`) ?? '';
  const wakeUps = Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0);
  const stat = readProc(`/proc/${pid}/stat`) ?? '';
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  return { wakeUps, processorMs: (Number(user) + Number(system)) * 10 };
}
