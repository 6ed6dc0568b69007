/**
 * 第 20 课：同样的五步，四种做法，各要多少代价。
 *
 * 第一个函数是纸上的功夫。第二个是代码：演示里看到的那些数，由它从一条轨迹里数出来。
 */

import type { SelectStep } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 程序用 poll(2) 做的事，没有按顺序排。 */
export type PollCall =
  | 'add an entry to the array'
  | 'call poll'
  | 'look at revents of every entry'
  | 'set POLLOUT in its entry'
  | 'take its entry out of the array';

/** 程序用 epoll(7) 做的事，没有按顺序排。 */
export type EpollCall =
  | 'call epoll_wait'
  | 'epoll_ctl ADD'
  | 'epoll_ctl DEL'
  | 'epoll_ctl MOD'
  | 'go through the list that epoll_wait has filled';

/** 程序用 libuv（Node 底下的库）做的事，没有按顺序排。 */
export type LibuvCall =
  | 'libuv has called your callback'
  | 'uv_close'
  | 'uv_read_start'
  | 'uv_run'
  | 'uv_write';

/** 一步，三种做法。 */
export interface Calls {
  /** 用 poll。 */
  poll: PollCall;
  /** 用 epoll。 */
  epoll: EpollCall;
  /** 用 libuv。 */
  libuv: LibuvCall;
}

/**
 * select 循环的五步，在别的做法里各换成什么。每个调用用一次。
 *
 * - `watch`：接受了一个客户端。用 select 是 FD_SET(fd, &read)。
 * - `wish`：它的发件箱里有东西在等。用 select 是 FD_SET(fd, &write)。
 * - `wait`：循环睡下，直到有谁就绪。用 select 是 select(…)。
 * - `find`：是谁？用 select 是对每个监视着的描述符问一次 FD_ISSET。
 * - `forget`：客户端走了。用 select 是 FD_CLR(fd, &read)，然后 close。
 */
export function matchSteps(): Record<'watch' | 'wish' | 'wait' | 'find' | 'forget', Calls> {
  return todo('把五步对上号');
}

/** 一轮里监视了什么，什么就绪，就是轨迹里 `select` 这一步说的。 */
export type Turn = Pick<SelectStep, 'read' | 'write' | 'readyRead' | 'readyWrite'>;

/**
 * 数一数在这几轮里，内核一共要走过多少个描述符。
 *
 * - `select`：从 0 到监视的最高号码，每个号码都算，不管有没有人用。
 * - `poll`：每个监视着的描述符算一次，不管是为了读、为了写，还是都有。
 * - `epoll`：每个就绪的描述符算一次；还有，比起上一轮，新来的、走了的、改为监视别的事的，每个要一次
 *   epoll_ctl。第一轮之前，什么也没有监视。
 *
 * @param turns 每一轮至少监视一个描述符
 */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  return todo(`数出 ${model} 在 ${turns.length} 轮里的工作量`);
}
