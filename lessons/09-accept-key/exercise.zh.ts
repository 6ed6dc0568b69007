/**
 * 第 9 课：算出 Sec-WebSocket-Accept 的值。
 *
 * 网页会核对这个头字段的值：只要有一个字符不同，它就关闭连接。
 */

import { GUID } from 'loopscope';
import { sha1, todo } from 'loopscope/lesson';

/**
 * 算出和密钥对应的应答值。`sha1(bytes)` 马上给出 SHA-1 的 20 个字节，你也要马上给出值：循环的一轮里什么也不等。
 *
 * @param key Sec-WebSocket-Key 的值，原样，24 个字符
 * @returns 密钥后面接上 GUID，取 SHA-1，再写成 base64，28 个字符
 */
export function acceptKey(key: string): string {
  return todo(`由 ${key} 和 ${GUID} 算出应答值，用 ${sha1.name}`);
}
