/**
 * 第 8 课：读一个请求的头部，不管它是怎么一块一块来的。
 *
 * 头部是第一行、各个字段和一个空行；每一行都以 CR LF 结束。字段的名字，大写小写是一回事。这里没有
 * 哪个字段来两次，每个请求的写法也都对：因为别的原因该拒绝的，这里不管。
 */

import { todo } from 'loopscope/lesson';

/** 一个客户端的请求还不完整时，服务器留着的东西。新来的没有字节。 */
export interface Reader {
  /** 归你用：下一次调用要用到的，留在这里。 */
  bytes: Uint8Array;
}

/** 完整的头部。 */
export interface Head {
  /** `GET / HTTP/1.1`，不带 CR LF。 */
  startLine: string;
  /** {@link parseFields} 从后面各行得出的结果。 */
  fields: Map<string, string>;
  /** 空行后面的字节。它们属于 WebSocket。 */
  rest: Uint8Array;
}

/**
 * 读头部的字段。
 *
 * 一行是 `Name: value`。值前后的空格和制表符不属于它。以空格或制表符开头的一行，接着上一行的值，
 * 两部分之间留一个空格。
 *
 * @param lines 第一行后面的各行，不带 CR LF
 * @returns 按名字放好的值；名字用小写，值照原样
 */
export function parseFields(lines: readonly string[]): Map<string, string> {
  return todo(`读出 ${lines.length} 行里的字段`);
}

/**
 * 取请求的下一些字节。
 *
 * @param reader 这个客户端的，每次调用都是同一个
 * @param bytes recv 给的：一个字节，半个头部，或者整个头部加上后面的
 * @param maxLength 头部最长多少字节，空行算在内
 * @returns 空行到了，就是头部；在那之前是 'more'；一旦肯定太长，就是 'too long'
 */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  return todo(
    `把 ${bytes.length} 个字节接到 ${reader.bytes.length} 个后面；最多收 ${maxLength} 个`,
  );
}

/** 现成的：头部的字节变成文字，一个字节一个字符。 */
export function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
