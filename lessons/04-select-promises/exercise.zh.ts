/**
 * 第 4 课：select 在数组里留下什么。
 *
 * 第一个函数是笔头功夫：说出 PHP 返回了什么。第二个要写代码。
 */

import type { Socket, SocketFunctions } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 一次 socket_select 的结果。 */
export interface After {
  /** 函数返回的数。 */
  returned: number;
  /** 调用之后 `$read` 里的键。 */
  read: (string | number)[];
  /** 调用之后 `$write` 里的键；传的是 null，就是 null。 */
  write: (string | number)[] | null;
}

/**
 * 六次调用的结果。每次调用的数组都是刚刚才填好的。没有写 `$write` 的，传的是 null；没有写超时的，
 * 也是 null，这时调用会一直等下去。第三个数组永远是 null。
 *
 * 1. `$read = ['listener' => $listener]`。没有人来连接。超时是 0。
 * 2. Ada 来连接。`$read = ['listener' => $listener]`。
 * 3. Ada 和小明的连接已经接受，小明发来 "hello"。
 *    `$read = [0 => $listener, 1 => $ada, 2 => $ming]`。
 * 4. 没有人调用 socket_recv。还是 `$read = [0 => $listener, 1 => $ada, 2 => $ming]`。
 * 5. socket_recv 取走了小明的字节。超时是 0。
 *    `$read = ['a' => $ada, 'b' => $ming]`，`$write = ['x' => $ada, 'y' => $ming]`。
 * 6. Ada 关闭了连接。`$read = ['a' => $ada, 'b' => $ming]`。
 *
 * @returns 六项，按这个顺序
 */
export function afterSelect(): After[] {
  return todo('说出六次调用的结果');
}

/**
 * 一直等，直到有一个或几个套接字可读。
 *
 * @param php 有 `socket_select(read, write, except, seconds)`；前面要写 await
 * @param sockets 服务器的表，用键查；调用之后，它和调用之前一样
 * @returns 可读的套接字的键，顺序和表里一样
 */
export async function readableKeys(
  php: SocketFunctions,
  sockets: Map<string, Socket>,
): Promise<string[]> {
  return todo(`等这 ${sockets.size} 个套接字，用 ${php.socket_select.name}`);
}
