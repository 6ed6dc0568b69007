/**
 * 第 5 课：监听套接字可读时，服务器做什么。
 *
 * 循环是现成的：select 报告了监听套接字的每一轮，它调用你的函数一次。表和集合都归循环；新的客户端
 * 由你写进这两处。
 */

import type { Fd, FdSet, Net } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 服务器对一个客户端知道什么。 */
export interface Client {
  /** 它的名字；登录之前是 ''。 */
  uname: string;
  /** WebSocket 的握手是不是完成了；客户端一开始还没有。 */
  handshake: boolean;
}

/**
 * 从监听套接字的队列里取一条连接，把它的客户端写进表里，并让下一次 select 起就监视它。
 *
 * @param net 有 `accept(listener)`：新连接的描述符
 * @param clients 表，按描述符；监听套接字不在里面
 * @param read select 监视的；监听套接字在里面，而且要留着
 * @returns 新客户端的描述符
 */
export function acceptClient(net: Net, listener: Fd, clients: Map<Fd, Client>, read: FdSet): Fd {
  const fd: Fd = todo(`从 fd ${listener} 取一条连接，开始后 ${net.now()} ms`);
  todo(`写进 fd ${fd}：有 ${clients.size} 个客户端，监视 ${read.size} 个套接字`);
}
