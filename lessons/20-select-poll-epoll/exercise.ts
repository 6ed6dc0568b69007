/**
 * Lesson 20: the same five steps in four models, and what they cost.
 *
 * The first function is paper work. The second is code: it counts for a trace what the demo shows.
 */

import type { SelectStep } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What a program does with poll(2), in no order. */
export type PollCall =
  | 'add an entry to the array'
  | 'call poll'
  | 'look at revents of every entry'
  | 'set POLLOUT in its entry'
  | 'take its entry out of the array';

/** What a program does with epoll(7), in no order. */
export type EpollCall =
  | 'call epoll_wait'
  | 'epoll_ctl ADD'
  | 'epoll_ctl DEL'
  | 'epoll_ctl MOD'
  | 'go through the list that epoll_wait has filled';

/** What a program does with libuv, the library under Node, in no order. */
export type LibuvCall =
  | 'libuv has called your callback'
  | 'uv_close'
  | 'uv_read_start'
  | 'uv_run'
  | 'uv_write';

/** One step in three models. */
export interface Calls {
  /** With poll. */
  poll: PollCall;
  /** With epoll. */
  epoll: EpollCall;
  /** With libuv. */
  libuv: LibuvCall;
}

/**
 * Says for five steps of a select loop what stands in their place in the other models. Each call
 * stands once.
 *
 * - `watch`: a client was accepted. With select: FD_SET(fd, &read).
 * - `wish`: something waits in its outbox. With select: FD_SET(fd, &write).
 * - `wait`: the loop sleeps until something is ready. With select: select(…).
 * - `find`: who is it? With select: FD_ISSET for each descriptor that is watched.
 * - `forget`: the client has left. With select: FD_CLR(fd, &read), then close.
 */
export function matchSteps(): Record<'watch' | 'wish' | 'wait' | 'find' | 'forget', Calls> {
  return todo('match the five steps');
}

/** What one turn watched and what was ready in it, as the step `select` of a trace tells it. */
export type Turn = Pick<SelectStep, 'read' | 'write' | 'readyRead' | 'readyWrite'>;

/**
 * Counts the descriptors that a kernel has to go through in all these turns.
 *
 * - `select`: every number from 0 to the highest that is watched, used or not.
 * - `poll`: every descriptor that is watched, once, for reading or writing or both.
 * - `epoll`: every descriptor that is ready, once; and one call of epoll_ctl for every descriptor that
 *   is new since the turn before, is gone, or is watched for something else. Before the first turn
 *   nothing is watched.
 *
 * @param turns each watches one descriptor or more
 */
export function countWork(turns: readonly Turn[], model: 'select' | 'poll' | 'epoll'): number {
  return todo(`count the work of ${model} in ${turns.length} turns`);
}
