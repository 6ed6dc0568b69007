/**
 * 第 13 课：广播。把答复发给所有人，并说出每一步。
 *
 * 服务器的其余部分已经有了：它的每一步都和 PHP 原版一样，消息一得到答复，就调用你的函数。
 * 你的轨迹会和 PHP 写下的轨迹放在一起比。
 */

import type { Fd, Net, Step } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 关于一个客户端，服务器知道什么。 */
export interface Client {
  /** 它的名字；登录之前是 ''。 */
  uname: string;
}

/**
 * 把答复做成一帧，发给表里的每一个客户端，有没有名字都发，按表里的顺序。先交出 `broadcast` 这一步：
 * `{ step: 'broadcast', to, bytes }`。然后每次发送之后，交出一步
 * `{ step: 'send', fd, length, taken }`。
 *
 * 客户端可能已经走了：这时 `net.send` 会抛出 SocketError。它没有 `send` 这一步，别人也不受影响。
 * 等循环去读它的时候，再处理它的离开。
 *
 * @param net 有 `send(fd, bytes)`：返回收下了多少字节。这里的消息都很短，总是全部收下
 * @param clients 用描述符查的表，按连接的先后排
 * @param speaker 答复的是谁的消息；退出之后，它就不在表里了
 * @param json 答复，是文本；loopscope 的 `encodeFrame(Opcode.text, payload)` 做出一帧，载荷是字节：
 *   `new TextEncoder().encode(text)` 把文本变成 UTF-8
 */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  speaker: Fd,
  json: string,
): Generator<Step> {
  const what = `${json.length} 个字符，来自 fd ${speaker}，发给 ${clients.size} 个客户端`;
  yield todo(`发送 ${what}，时间是 ${net.now()} ms`);
}
