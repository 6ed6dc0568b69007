/**
 * 第 6 课：一个客户端可读。它说了话，或者它走了。
 *
 * 循环是现成的：每一轮里，select 报告的每个客户端，它调用你的函数一次。监听套接字和 accept 是循环的事。
 */

import type { Fd, FdSet, Net } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 服务器对一个客户端知道什么。 */
export interface Client {
  /** 它的名字。 */
  uname: string;
}

/**
 * 服务一个 select 说可读的客户端：recv 一次，最多 2,048 字节。
 *
 * 它说的话交给 `hear`。它要是走了，就什么也不能留下：表里的行不留，集合里的位置不留，描述符也不留。
 * 之前发给它的，还是要发出去。
 *
 * @param net 有 `recv(fd, length)`，得到 1 个或更多字节；客户端发了 FIN 就一个也没有；RST 之后抛出
 *   SocketError，code 是 ECONNRESET；还有 `close(fd)`
 * @param clients 表，按描述符
 * @param read select 监视的
 * @param hear 听客户端说了什么；从来不是空的数组
 */
export function serveClient(
  net: Net,
  fd: Fd,
  clients: Map<Fd, Client>,
  read: FdSet,
  hear: (fd: Fd, bytes: Uint8Array) => void,
): void {
  const bytes: Uint8Array = todo(`对 fd ${fd} 调用 recv，开始后 ${net.now()} ms`);
  if (bytes.length > 0) hear(fd, bytes);
  else todo(`忘掉 fd ${fd}：表里有 ${clients.size} 个，集合里有 ${read.size} 个`);
}
