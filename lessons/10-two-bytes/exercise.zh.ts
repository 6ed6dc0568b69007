/**
 * 第 10 课：读一帧开头的两个字节。
 *
 * 这里说的数，都只看那几位本身：三位 101 就是 5，不管它们在字节的什么位置。
 */

import { todo } from 'loopscope/lesson';

/** 两个字节里有什么。 */
export interface TwoBytes {
  /** FIN，第一个字节的最高位。 */
  fin: boolean;
  /** 它后面的三个保留位，0 到 7。 */
  reserved: number;
  /** 其余四位，0 到 15。 */
  opcode: number;
  /** MASK，第二个字节的最高位。 */
  masked: boolean;
  /** 其余七位，照原样，0 到 127。126 和 127 是什么意思，是第 11 课的事。 */
  length: number;
}

/**
 * 把两个字节拆开。
 *
 * @param first 0 到 255
 * @param second 0 到 255
 */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return todo(`一位一位地读 ${first} 和 ${second}`);
}
