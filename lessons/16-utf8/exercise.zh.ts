/**
 * 第 16 课：读一块一块来的文本，边到边查。
 *
 * 一块就是一帧带来的，或者一次 recv 取来的。它可能在一个字符的中间结束。
 */

import { todo } from 'loopscope/lesson';

/** 一块之后知道了什么。 */
export interface Taken {
  /** 到现在已经完整的字符。 */
  text: string;
  /**
   * 一个刚开头的字符的字节：最多 3 个；一条好的消息到末尾时一个也没有。下一块来的时候，它们会还给你。
   */
  kept: Uint8Array;
}

/**
 * 取 UTF-8 文本的下一块。
 *
 * @param kept 这条消息上一次调用返回的 `kept`；第一次是空的
 * @param piece 1 个或更多字节
 * @returns 只要来了一个字节，不管后面是什么都不可能是 UTF-8，就返回 null：那时连接以 1007 关闭，
 *   不会再调用你
 */
export function takeText(kept: Uint8Array, piece: Uint8Array): Taken | null {
  return todo(`读 ${kept.length} 个留下的字节和 ${piece.length} 个新的`);
}
