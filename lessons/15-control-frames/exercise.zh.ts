/**
 * 第 15 课：回答控制帧，再写一个关闭帧。
 *
 * 循环是现成的：它把客户端来的字节解码，把消息拼起来，每来一个控制帧就调用 `answer`。loopscope 的
 * `encodeFrame(opcode, payload)` 写出服务器的一帧。
 */

import type { Frame } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 对一个控制帧做什么。 */
export interface Answer {
  /** 给客户端的完整一帧；没有就是 null。 */
  bytes: Uint8Array | null;
  /** 关闭握手是不是完成了：完成了，循环就在这些字节后面关闭 TCP。 */
  closeTcp: boolean;
}

/**
 * 回答客户端的一个控制帧。
 *
 * 关闭帧用关闭帧回答，关闭码相同，不带原因。空的就用空的回答。
 *
 * @param frame 有 `opcode`（`Opcode.ping`、`Opcode.pong` 或 `Opcode.close`）和 `payload`，掩码已经解开；
 *   写法不对的，解码器已经拒绝了
 * @param closeSent 我们自己的关闭帧是不是已经发出去了
 */
export function answer(frame: Frame, closeSent: boolean): Answer {
  return todo(`回答操作码 ${frame.opcode}，我们的关闭帧${closeSent ? '已经' : '还没有'}发出`);
}

/**
 * 写服务器的关闭帧。载荷是两个字节的关闭码，最高的在前，后面是 UTF-8 的原因。控制帧最多带 125 字节：
 * 原因再长，就取装得下的那么多个完整的字符。
 *
 * @param code 1000 到 4999；空的关闭帧是 null
 * @param reason 给人看的文字，可以是空的；没有关闭码，就没有它
 */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  return todo(`写一个关闭帧，关闭码 ${code}，原因 ${reason.length} 个字符`);
}
