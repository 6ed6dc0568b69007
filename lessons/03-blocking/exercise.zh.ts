/**
 * 第 3 课：在轨迹里找出循环停在哪里，有几条连接在等它。
 */

import type { TraceEvent } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 一个不返回的调用。 */
export interface StandsIn {
  /** 它在等的描述符。 */
  fd: number;
  /** 系统调用：recv 或 send。 */
  syscall: string;
}

/**
 * 说出在轨迹的末尾，循环停在哪个调用里。
 *
 * 有两种步不是循环自己的：`arrive`（网络上有东西到了）和 `act`（一个客户端做了一件事）。
 * 循环停住的时候，它们照样发生。
 *
 * @param events 一条轨迹，或者它的开头一段
 * @returns 如果循环在那里没有停住，就是 null
 */
export function standsIn(events: readonly TraceEvent[]): StandsIn | null {
  return todo(`找出在这 ${events.length} 个事件的末尾，循环停在哪里`);
}

/**
 * 数一数在轨迹的末尾，有几条连接在监听套接字的队列里等着。kind 是 `connect` 的 `arrive`
 * 就是一条新的连接。
 */
export function waiting(events: readonly TraceEvent[]): number {
  return todo(`数一数在这 ${events.length} 个事件的末尾，有几条连接在等 accept`);
}
