/**
 * 第 9 课：算出 Sec-WebSocket-Accept 的值。
 *
 * 网页会核对这个头字段的值：只要有一个字符不同，它就关闭连接。
 */

import { GUID } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * 算出和密钥对应的应答值。
 *
 * @param key Sec-WebSocket-Key 的值，原样，24 个字符
 * @returns 密钥后面接上 GUID，取 SHA-1，再写成 base64，28 个字符
 */
export async function acceptKey(key: string): Promise<string> {
  return todo(`由 ${key} 和 ${GUID} 算出应答值`);
}

/** 给你的：任意字节的 SHA-1，20 个字节。浏览器自带的这个函数，给出的是 promise。 */
export async function sha1(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
}
