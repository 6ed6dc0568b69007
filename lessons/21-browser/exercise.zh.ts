/**
 * 第 21 课：给聊天室加一个命令。谁说了 `/nick Grace`，从此就叫 Grace。
 *
 * 页面认识五种消息，已经打开的页面学不会新的。所以新名字要用它们认识的话来说：先是旧名字退出，
 * 再是新名字登录。
 */

import type { ServerMessage } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 聊天室说什么，对谁说：对所有登录了的人，或者只对说话的人。 */
export interface Answer {
  to: 'everyone' | 'sender';
  message: ServerMessage;
}

/** 聊天室有话只对一个人说。 */
export const system = (content: string): Answer => ({
  to: 'sender',
  message: { type: 'system', content },
});

/** 有人来了，或者走了。@param names 现在有谁在 */
export const presence = (type: 'login' | 'logout', who: string, names: string[]): Answer => ({
  to: 'everyone',
  message: { type, content: who, user_list: names },
});

/**
 * 处理一个登录了的人说的话，如果它是命令。
 *
 * - 只有 `/nick`，或者后面只有空格：用一条 `system` 消息说缺了什么。
 * - `/nick NAME`，而这个名字有人用：用一条 `system` 消息说出来，什么也不改。
 * - `/nick NAME`：改掉 `names` 里的名字，每个人先听到旧名字退出，带着其余所有人的名字，再听到新名字
 *   登录，带着所有人的名字。在名单里的位置不变。名字前后的空格不算；别的任何文字都可以当名字。
 *
 * @param names 所有登录了的人的名字，按描述符，按登录的顺序
 * @param fd 说话的人；它在 `names` 里
 * @returns 要说的话，按顺序；不是命令就返回 null，`/nickname` 和 `a /nick` 就都不是
 */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  return todo(`fd ${fd}（${names.get(fd)}）说 ${content}：这是命令吗？`);
}
