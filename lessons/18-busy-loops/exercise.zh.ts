/**
 * 第 18 课：没有事做就睡，事情多了就分着做。
 *
 * 循环是现成的：它问你的第一个函数，select 最多可以等多久；select 报告的套接字，交给你的第二个函数。
 */

import type { Fd, Net } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 一轮里，一个客户端最多处理多少字节。 */
const SHARE = 512;

/**
 * select 最多可以等多久。消息来了，它自己会醒；这里管的是，没有人说话，服务器到时候也得做的事，
 * 比如给一个沉默的人发 ping。
 *
 * @param now 服务器时钟上的毫秒
 * @param deadlines 什么时候有事要做，用的是同一个时钟，没有按顺序排；可能一个也没有，也可能有的已经过了
 * @returns 毫秒，0 或更大；一直等下去就是 null
 */
export function waitAtMost(now: number, deadlines: readonly number[]): number | null {
  return todo(`看看 ${deadlines.length} 个期限，现在是 ${now} ms`);
}

/**
 * 服务 select 报告的客户端，一个接一个，每个一次。
 *
 * @param net 有 `recv(fd, length)`；这个练习里没有人离开
 * @param ready 客户端，按监视的顺序
 * @param deal 处理一个客户端说的话；要 await 它，因为每 64 字节要忙一毫秒，这期间还会有东西到
 */
export async function serve(
  net: Net,
  ready: readonly Fd[],
  deal: (fd: Fd, bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  const known = `有 ${ready.length} 个客户端就绪，在 ${net.now()} ms`;
  todo(`每个最多 recv ${SHARE} 字节，再交给 ${deal.name}（${known}）`);
}
