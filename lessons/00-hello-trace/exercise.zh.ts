/**
 * 第 0 课：向轨迹提三个问题。
 *
 * 轨迹是一串事件。每个事件有 `seq`（它的号码）、`turn`（它属于第几次 select，也就是第几轮）和
 * `step`（这一步的名字），另外还有这一步自己的键。举个例子，数一数接受了多少条连接：
 *
 *     events.filter((event) => event.step === 'accept').length
 */

import type { TraceEvent } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * 某个人是在第几轮登录的：聊天室的答复在 `deal` 里得出，要的就是这个 `deal` 的轮数。
 *
 * @param name 比如 Ada；`deal` 的 `message` 是客户端发来的 JSON 文本（客户端离开时什么也没说，
 *   这时它是空的），`reply` 是答复，永远是 JSON 文本
 */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  return todo(`在 ${events.length} 个事件里找出 ${name} 是在第几轮登录的`);
}

/**
 * 某句话，哪些人收到了：后面那个 `broadcast` 里的描述符。
 *
 * @param text 说的话；它是 `deal` 的 `message` 里的 `content`
 * @returns 这些描述符，顺序和轨迹里一样
 */
export function hearers(events: readonly TraceEvent[], text: string): number[] {
  return todo(`在 ${events.length} 个事件里找出谁收到了“${text}”`);
}

/**
 * 数一数，在多少轮里 select 说这个套接字可读。
 *
 * @param fd 套接字的描述符
 */
export function turnsOf(events: readonly TraceEvent[], fd: number): number {
  return todo(`在 ${events.length} 个事件里数一数 fd ${fd} 在多少轮里可读`);
}
