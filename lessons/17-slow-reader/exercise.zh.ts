/**
 * 第 17 课：发给所有人，谁也不用等那个慢读者。
 *
 * 每个客户端有一个发件箱，和演示里一样。要用到的只有这三样：
 *
 * - `outbox.push(bytes)` 把字节放到末尾；
 * - `outbox.flush(net, fd)` 发出里面的东西，套接字收多少发多少，从来不等；
 * - `outbox.length` 是里面还剩多少字节。
 */

import type { Fd, FdSet, Net, Outbox } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 服务器记着的一个客户端。 */
export interface Client {
  /** 它的描述符。 */
  readonly fd: Fd;
  /** 等着发给它的东西。一开始是空的。 */
  readonly outbox: Outbox;
}

/**
 * 把一帧发给所有人。套接字这时没有收下的，留在那个客户端的发件箱里。
 *
 * 调用之后，`write` 里正好是还有东西在等的客户端。
 *
 * @param write select 监视哪些可写
 * @param limit 一个客户端可以有多少字节在等
 * @returns 发过之后，还有超过 `limit` 字节在等的客户端；循环会让它们走
 */
export function broadcast(
  net: Net,
  clients: Iterable<Client>,
  frame: Uint8Array,
  write: FdSet,
  limit: number,
): Client[] {
  const known = `${[...clients].length} 个客户端，监视 ${write.size} 个，上限 ${limit}`;
  return todo(`把 ${frame.length} 字节发给所有人，现在 ${net.now()} ms（${known}）`);
}

/**
 * 把等着的东西发给一个客户端。select 报告它的套接字可写时，循环就调用它。
 *
 * 调用之后，还有东西等着发给它，`write` 里就有它，否则没有。
 */
export function drain(net: Net, client: Client, write: FdSet): void {
  const known = `有 ${client.outbox.length} 字节在等，监视 ${write.size} 个`;
  todo(`把等着的东西发给 fd ${client.fd}，现在 ${net.now()} ms（${known}）`);
}
