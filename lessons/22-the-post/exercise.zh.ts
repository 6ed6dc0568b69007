/**
 * 第 22 课：文章的循环，先审判，再修正。
 *
 * 第一个函数说出每件证物运行起来会怎样。第二个判断谁离开了。第三个就是文章里的循环，只少了那个
 * 哪个编译器都不会放过的大括号。
 */

import type { Fd } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** 文章里的错：一个大括号，丢了结果的 accept，一条消息的两个名字，八个字节。 */
export type Exhibit = 'brace' | 'accept' | 'message' | 'eight-bytes';

/** 看得到的后果：什么也运行不了；来一个关一个；都连上了，可谁也听不到；碰巧能用，直到有人说了一个短词。 */
export type Effect =
  | 'nothing runs at all'
  | 'whoever comes is closed at once'
  | 'everyone is connected, and nobody hears anything'
  | 'it works by accident, until someone says a short word';

/** 说出每件证物的后果。每个后果用一次。 */
export function verdicts(): Record<Exhibit, Effect> {
  return todo('说出每件证物的后果');
}

/**
 * 从一次 recv 得到的东西，判断客户端是不是离开了。
 *
 * @param buffer RST 之后是 false；FIN 之后没有字节；别的时候是到的内容：这里总是完整的一帧，或者以
 *   `GET` 开头的请求。帧的操作码是第一个字节的低半边；8 是关闭帧
 */
export function hasLeft(buffer: Uint8Array | false): boolean {
  return todo(`判断这 ${buffer === false ? 0 : buffer.length} 个字节是不是说它离开了`);
}

/** 文章里调用了、却没有印出来的函数。每一个做的，都和文件里的一样。 */
export interface Post {
  /** 监听套接字。 */
  readonly master: Fd;
  /** 从队列里取一条连接：它的描述符，或者 false。没有人拿着的，就会被关闭。 */
  accept(): Fd | false;
  /** 把一个客户端写进表里。 */
  connect(client: Fd): void;
  /** 最多取 2,048 字节：FIN 之后没有，RST 之后是 false。 */
  recv(socket: Fd): Uint8Array | false;
  /** 这个客户端是不是已经握过手。 */
  hasShakenHands(socket: Fd): boolean;
  /** 把一个客户端从表里拿掉。@returns 该让别人听到的话 */
  disconnect(socket: Fd): string;
  /** 回答一个客户端的请求。 */
  handShake(socket: Fd, buffer: Uint8Array): void;
  /** 读一帧。@returns 该让所有人听到的话 */
  parse(socket: Fd, buffer: Uint8Array): string;
  /** 把一段文字发给表里的每个人。 */
  broadcast(msg: string): void;
}

/**
 * 文章里的一轮：修正它，直到它的字节和能运行的那个文件一样。
 *
 * @param ready select 留在数组里的：监听套接字，或者客户端
 */
export function turn(post: Post, ready: readonly Fd[]): void {
  // 这两个里面从来没有放过东西；PHP 只会给一个警告
  const client = undefined as unknown as Fd;
  const msg = undefined as unknown as string;
  for (const socket of ready) {
    if (socket === post.master) {
      post.accept();
      post.connect(client);
      continue;
    }
    const buffer = post.recv(socket);
    const recvMsg: string[] = [];
    if (buffer === false || hasLeft(buffer)) {
      recvMsg.push(post.disconnect(socket));
    } else if (!post.hasShakenHands(socket)) {
      post.handShake(socket, buffer);
      continue;
    } else {
      recvMsg.push(post.parse(socket, buffer));
    }
    post.broadcast(msg);
  }
}
