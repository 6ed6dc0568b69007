/**
 * 第 14 课：一次 recv 的字节怎么处理，要看它们的客户端走到了哪里。
 *
 * 循环是现成的：每一次 recv，它调用 `receive`；每次有话要说，它调用 `hearers`。
 */

import type { Connection, ServerHandshake } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 服务器对一个客户端知道什么。 */
export interface Client {
  /**
   * 它走到了哪里；由你来改。
   * - `handshaking`：它的请求还不完整。每个客户端一开始都是这样。
   * - `open`：已经用 101 回答了它，所以它的字节是帧。
   * - `closing`：它发的什么都不算数。它最后的字节发出以后，循环就关闭它。
   */
  state: 'handshaking' | 'open' | 'closing';
  /** 取请求，不管怎么分块：`feed(bytes)` 给出响应，还在等就是 null。 */
  readonly handshake: ServerHandshake;
  /** 取帧，不管怎么分块：`receive(bytes)` 一个一个地给出它们是什么。 */
  readonly connection: Connection;
}

/** 你能做的事。 */
export interface Do {
  /** 把字节发给这些字节的那个客户端。 */
  send(bytes: Uint8Array): void;
  /** 把一段文字说给 `hearers` 里的每个人：就是第 13 课的广播。 */
  say(text: string): void;
}

/**
 * 处理一次 recv 的字节。
 *
 * - 握手的响应有 `status`（101，或者为什么拒绝）和 `bytes`，它们要发给客户端；101 的还有 `rest`：
 *   请求后面来的东西，可能是空的。
 * - `connection.receive` 给出的东西有 `kind`：frame、close 或 problem。它的 `reply` 不是 null 就发给
 *   客户端。帧的 `message` 不是 null 就说出来（`message.text`）。close 或 problem 之后，客户端就是
 *   closing；被拒绝的也是。
 */
export function receive(client: Client, bytes: Uint8Array, { send, say }: Do): void {
  todo(`做 ${client.state} 状态里该做的（${bytes.length} 字节，${send.name}、${say.name}）`);
}

/** 说的话由谁听到，按表里的顺序。 */
export function hearers(clients: readonly Client[]): Client[] {
  return todo(`从 ${clients.length} 个客户端里选`);
}
