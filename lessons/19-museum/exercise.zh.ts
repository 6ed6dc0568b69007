/**
 * 第 19 课：给博物馆的每个 bug 写一个最短的、能让它现形的场景，再给没有标签的服务器
 * 说出它的 bug。
 *
 * 哪个客户端得到的和正常的服务器给的不一样，或者 select 一次又一次白白地醒来，bug 就现形了。
 * 场景的长度，就是客户端做了几件事：connect、text、send、close、reset 各算 1，pieces 的每一块
 * 算 1。handshake、pause、resume 不算。服务器容得下两个客户端，第三个就得等。
 */

import { type Scenario, script } from 'loopscope';
import { todo } from 'loopscope/lesson';

// 能用的词还有：见课文里的“写一个场景”
const { connect, handshake, scenario, text } = script;

/** bug 的名字：三个是原版的，用号码；七个是在外面遇到的。 */
export type Bug =
  | 'D14'
  | 'D17'
  | 'D20'
  | 'one-read-one-message'
  | 'text-from-chunks'
  | 'mask-restarts'
  | 'write-always-watched'
  | 'fd-reused'
  | 'removed-while-iterating'
  | 'emfile-spin';

/** 写一个最短的、能让这个 bug 现形的场景。 */
export function shortest(bug: Bug): Scenario {
  switch (bug) {
    case 'D14': // 已经写好了：一个 connect，一个 text，所以长度是 2
      return scenario('d14', '不是 JSON 的，变成 []。')
        .step(connect('A'))
        .step(handshake('A'))
        .step(text('A', 'hello world'));
    default:
      return todo(`写出能让 ${bug} 现形的最短的场景`);
  }
}

/**
 * 说出一个服务器的那个 bug。
 *
 * @param shows 把一个场景在那个服务器上演一遍，也在正常的服务器上演一遍：两边是不是不同
 */
export async function nameBug(shows: (scenario: Scenario) => Promise<boolean>): Promise<Bug> {
  return todo(`用 ${shows.name} 来问，问到只剩一个 bug`);
}
