/**
 * 第 24 课：从轨迹看出是哪种服务器，再修正一个会停住的。
 */

import type { Fd, FdSet, Ready, TraceEvent } from 'loopscope';
import { todo } from 'loopscope/lesson';

/**
 * 循环可以这样写：用 select；用边沿触发的 epoll；像 asyncio 那样；像 Node 下面的 libuv 那样。
 */
export type Kind = 'select' | 'edge' | 'asyncio' | 'libuv';

/**
 * 从轨迹说出它是哪种循环留下的。要看循环做了什么：其中一条轨迹里，调用的名字（`call`）是别的系统的，
 * 描述符的号码也不一样。
 *
 * @param events 来了三个客户端，说了几句话，然后离开；最能说明问题的步是 `select`，其中 `scanned` 是内核
 *   要问多少个描述符，`polls` 是就在这之前、超时为 0 又什么也没找到的等待有几次（一次也没有就没有这个键）；
 *   还有 `again`：对 `fd` 的一个调用得到了 EAGAIN
 */
export function whoMade(events: readonly TraceEvent[]): Kind {
  return todo(`说出这 ${events.length} 步是谁留下的`);
}

/** 下面的循环用到的东西。 */
export interface Server {
  /** 监听套接字。 */
  readonly listener: Fd;
  /** 客户端，按来的先后排。 */
  readonly clients: readonly Fd[];
  /** 每个客户端等着要发的字节；开始时没有，下面的循环也不用它。 */
  readonly outboxes: Map<Fd, Uint8Array>;
  /** select 监视哪些客户端能不能写；开始时一个也没有。能不能读，所有客户端都监视。 */
  readonly write: FdSet;
  /** 从等待队列里取出一个客户端，给它一个空的发件箱。 */
  accept(): void;
  /** 最多取 4,096 字节。一个字节也没有，就是客户端走了。 */
  recv(fd: Fd): Uint8Array;
  /** 关闭一个客户端，忘掉它的发件箱，也不再监视它能不能写。 */
  leave(fd: Fd): void;
  /** 发送，从不等待。@returns 套接字收下多少字节：全部，一部分，或者一个也没有 */
  send(fd: Fd, bytes: Uint8Array): number;
  /** 全部发完；套接字没有空位，就等着。 */
  sendAll(fd: Fd, bytes: Uint8Array): Promise<void>;
}

/**
 * 一轮，教程里的写法：一个客户端说的，发给所有人。请修正：谁也不必等一个不读的客户端，而最后每个人都
 * 收到全部，顺序也对。
 *
 * @param ready select 找到的：`ready.read` 和 `ready.write`，都是描述符的列表
 */
export async function turn(server: Server, ready: Ready): Promise<void> {
  for (const fd of ready.read) {
    if (fd === server.listener) {
      server.accept();
      continue;
    }
    const data = server.recv(fd);
    if (data.length === 0) {
      server.leave(fd);
      continue;
    }
    for (const client of server.clients) await server.sendAll(client, data);
  }
}
