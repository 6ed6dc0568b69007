/**
 * 第 12 课：解开客户端加的掩码，没有掩码的就拒绝。
 */

import { todo } from 'loopscope/lesson';

/**
 * 解开一个载荷或者它一部分的掩码。加掩码也是同一个运算。
 *
 * @param bytes 加了掩码的；不能改动它
 * @param key 掩码密钥的四个字节
 * @param offset `bytes` 在载荷里从哪里开始：第一个字节是 0，前面来过 5 个字节就是 5
 * @returns 同样多的字节，掩码已经解开
 */
export function unmask(bytes: Uint8Array, key: Uint8Array, offset: number): Uint8Array {
  return todo(`把 ${bytes.length} 个字节和密钥的 ${key.length} 个字节异或，从 ${offset} 开始`);
}

/**
 * 读客户端的一帧。
 *
 * @param frame 完整的一帧，载荷不超过 125 字节
 * @returns 解开掩码的载荷；没有掩码的帧返回 null，之后连接要以 1002 关闭（RFC 6455 5.1）
 */
export function payloadOf(frame: Uint8Array): Uint8Array | null {
  return todo(`在一帧的 ${frame.length} 个字节里找到 MASK、密钥和载荷`);
}
