/**
 * 第 11 课：写载荷的长度，读载荷的长度。
 *
 * 这些帧都是服务器的，所以 MASK 位都是 0。只要长度的那几个字节：帧的第一个字节不算在内。
 */

import { todo } from 'loopscope/lesson';

/**
 * 用三种写法里最短的一种写载荷的长度。
 *
 * @param length 字节数，0 到 2 ** 53 - 1
 * @returns 1、3 或 9 个字节；一个数占几个字节时，最高的在最前面
 */
export function writeLength(length: number): Uint8Array {
  return todo(`把 ${length} 写成 1、3 或 9 个字节`);
}

/**
 * 读载荷的长度。
 *
 * @param bytes {@link writeLength} 写出来的，或者同一个数更长的写法
 * @returns 长度的字节数；本来可以写得更短的，返回 null（RFC 6455 5.2）
 */
export function readLength(bytes: Uint8Array): number | null {
  return todo(`从 ${bytes.length} 个字节里读出长度`);
}
