/**
 * 第 7 课：在字节流里找出一行一行的文本，不管 TCP 从哪里切开。
 *
 * 每条消息是一行 UTF-8，后面有一个字节 0a（LF，"\n"）。recv 得到的可能是半行，可能是好几行，
 * 也可能是一行的结尾加上下一行的开头。
 */

import { todo } from 'loopscope/lesson';

/** 一次 recv 之后，服务器手里有什么。 */
export interface Taken {
  /** 现在已经完整的行，按顺序，不带 LF。一行可以是空的。 */
  lines: string[];
  /** 最后一个 LF 后面的字节。下一次 recv 时，循环会把它们还给你。 */
  kept: Uint8Array;
}

/**
 * 处理一次 recv 的字节。
 *
 * @param kept 上一次为这个客户端调用时返回的 `kept`；一开始是空的
 * @param bytes recv 得到的字节，至少 1 个
 */
export function takeLines(kept: Uint8Array, bytes: Uint8Array): Taken {
  return todo(`把 ${kept.length} 字节和 ${bytes.length} 字节接起来，取出完整的行`);
}
