/**
 * 把文章的循环带上法庭：先是原来的样子，再一件一件地修正证物，旁边是能运行的那个文件。
 */

import type { Fd } from 'loopscope';
import { keepTrace } from 'loopscope/lesson';
import type { Post } from './exercise.js';
import { LOOP } from './post.js';
import { tryTurn } from './trial.js';

// 1. 证物 A：数大括号。
const count = (brace: string): number => LOOP.split(brace).length - 1;
console.log(`大括号：${count('{')} 个开，${count('}')} 个闭`);

// 2. 同一个循环，去掉了那个大括号。修正哪一件，按名字说。
function turnWith(...mended: string[]) {
  return (post: Post, ready: readonly Fd[]): void => {
    let client: Fd | false | undefined;
    let msg: string | undefined;
    for (const socket of ready) {
      if (socket === post.master) {
        const accepted = post.accept();
        if (mended.includes('accept')) client = accepted;
        post.connect(client as Fd);
        continue;
      }
      const buffer = post.recv(socket);
      let recvMsg: string;
      if (buffer === false || buffer.length < 9) {
        recvMsg = post.disconnect(socket);
      } else if (!post.hasShakenHands(socket)) {
        post.handShake(socket, buffer);
        continue;
      } else {
        recvMsg = post.parse(socket, buffer);
      }
      if (mended.includes('message')) msg = recvMsg;
      post.broadcast(msg as string);
    }
  };
}

// 3. 每一个都演同样的场景，和能运行的文件对照。
for (const mended of [[], ['accept'], ['accept', 'message']]) {
  const { comparison, run } = await tryTurn(turnWith(...mended));
  const [first] = comparison.wire;
  const heard = run.wire.filter((event) => 'hex' in event).length;
  console.log(`\n修正了：${mended.join('、') || '只有大括号'}`);
  console.log(`  有东西到达客户端 ${heard} 次`);
  if (first === undefined) console.log(`  和文件一样，${comparison.bytes} 字节`);
  else console.log(`  ${first.client} 和文件不一样：${first.leftReads || first.left}`);
  keepTrace(run.events);
}
