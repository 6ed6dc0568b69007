/**
 * 第 23 课：定时器的堆，和一轮结束时用它做什么。
 *
 * 循环是现成的。每次 select 之前，它看一眼 `heap[0]`，也就是最先到期的定时器：select 可以等到它到期。
 * 两个集合处理完之后，它调用 `runDue`。
 */

import { todo } from 'loopscope/lesson';

/** 到某个时刻要做的一件事。 */
export interface Timer {
  /** 什么时候，服务器时钟上的毫秒。 */
  readonly due: number;
  /** 定时器的编号：1 是最先设的。两个同时到期，编号小的排在前面。 */
  readonly n: number;
  /** 要做的事。它可以用 `push` 设新的定时器。 */
  readonly run: () => void;
}

/**
 * 把一个定时器放进堆里。
 *
 * 堆里谁也不排在自己的父节点前面：`heap[i]` 的两个子节点是 `heap[2 * i + 1]` 和 `heap[2 * i + 2]`。
 * 所以最先到期的就是 `heap[0]`。放进去之前是这样，放进去之后也要这样。
 */
export function push(heap: Timer[], timer: Timer): void {
  todo(`把 ${timer.due} ms 的定时器和另外 ${heap.length} 个放在一起`);
}

/** 从堆里取出最先到期的定时器。 @returns 一个也没有就是 undefined */
export function pop(heap: Timer[]): Timer | undefined {
  return todo(`从 ${heap.length} 个定时器里取出第一个`);
}

/**
 * 运行所有到期的定时器，按顺序，每个一次。它们新设的，等到下一轮才运行。
 *
 * @param now 服务器时钟上的毫秒
 */
export function runDue(heap: Timer[], now: number): void {
  todo(`运行 ${now} ms 到期的，一共 ${heap.length} 个定时器`);
}
