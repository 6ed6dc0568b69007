/**
 * 第 25 课：几个循环里的一个，怎么对待在它这里说的话，又怎么对待消息代理带来的话。
 *
 * 套接字是现成的。通往消息代理的路随时可能断开；它会回来，可这期间说的话就没有了。带来过的东西，可能再带来一次，
 * 也许马上，也许很晚。
 */

import type { Envelope, Relayed } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 一个循环，和它记着的东西。 */
export interface Loop {
  /** 它自己的名字，比如 `loop-a`：别的循环都不叫这个。 */
  readonly id: string;
  /** 在这里说的最后一条消息的编号；还没有说过就是 0。 */
  n: number;
  /** 按别的循环的名字：从那里来的最后一条消息的编号。开始是空的。 */
  readonly last: Map<string, number>;
}

/** 一个循环可以往哪里说。 */
export interface Ways {
  /** 告诉这个循环里的每个人。 */
  tell(message: Relayed): void;
  /** 交给消息代理，它再交给所有的循环，这一个也在内；它不在，就谁也收不到。 */
  publish(envelope: Envelope): void;
  /** 再问一次消息代理，别的循环里有谁，因为路上漏了什么。 */
  look(): void;
}

/**
 * 有人在这个循环里说了话。这里的人马上听到，别人经过消息代理听到。信封是 `{ loop, n, message }`；`n` 是它在这个
 * 循环里的编号：1、2、3，往下数。
 */
export function said(loop: Loop, message: Relayed, ways: Ways): void {
  todo(`让所有人听到 ${message.content}，在 ${loop.id} 里说的，用 ${Object.keys(ways)}`);
}

/**
 * 消息代理带来了一个信封。别的循环的每条消息，这里的人只听到一次，同一个循环的按顺序。漏掉的不会再来；漏了就
 * `look`，因为在场的人可能变了。
 */
export function came(loop: Loop, envelope: Envelope, ways: Ways): void {
  todo(`${loop.id}：n ${envelope.n}，${envelope.loop} 的，用 ${Object.keys(ways)}`);
}
