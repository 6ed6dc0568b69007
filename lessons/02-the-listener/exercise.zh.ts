/**
 * 第 2 课：打开一个监听套接字，并预测谁进得来。
 */

import type { Address, Socket, SocketFunctions } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * PHP 做监听套接字的函数，没有按顺序排：`socket_listen` 要 await，除了 `socket_create`，失败时都返回
 * false。它们的常量来自 `loopscope`：AF_INET、SOCK_STREAM 和 SOL_TCP；SOL_SOCKET 和 SO_REUSEADDR。
 */
export type ListenerCalls = Pick<
  SocketFunctions,
  'socket_listen' | 'socket_bind' | 'socket_create' | 'socket_set_option'
>;

/**
 * 打开一个监听套接字；这个端口，服务器刚才可能还用过。
 *
 * @param clients 在 Linux 上，服务器正忙的时候，恰好有多少个客户端进得来
 * @returns 在这个地址上监听的套接字
 * @throws Error 有一个调用返回了 false，比如端口已经有人用
 */
export async function openListener(
  php: ListenerCalls,
  address: Address,
  clients: number,
): Promise<Socket> {
  return todo(
    `按顺序调用 ${Object.keys(php).join('、')}：端口 ${address.port}，${clients} 个客户端`,
  );
}

/**
 * 预测在 Linux 上有多少个 connect 成功。
 *
 * @param backlog 交给 listen 的数
 * @param clients 多少个客户端调用了 connect
 * @param accepted 服务器之后调用了多少次 accept，每次都成功
 */
export function getIn(backlog: number, clients: number, accepted: number): number {
  return todo(`说出 ${clients} 个里有几个进得来：backlog ${backlog}，已接受 ${accepted} 个`);
}
