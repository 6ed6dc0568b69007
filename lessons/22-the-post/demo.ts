/**
 * The loop of the post, brought before the court: as it stands, and with one exhibit mended after the
 * other, beside the file that runs.
 */

import type { Fd } from 'loopscope';
import { keepTrace } from 'loopscope/lesson';
import type { Post } from './exercise.js';
import { LOOP } from './post.js';
import { tryTurn } from './trial.js';

// 1. Exhibit A: the braces, counted.
const count = (brace: string): number => LOOP.split(brace).length - 1;
console.log(`braces: ${count('{')} open, ${count('}')} close`);

// 2. The same loop with the brace taken out. What is mended is said by name.
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

// 3. Each stands trial in the same scenario, and is held against the file that runs.
for (const mended of [[], ['accept'], ['accept', 'message']]) {
  const { comparison, run } = await tryTurn(turnWith(...mended));
  const [first] = comparison.wire;
  const heard = run.wire.filter((event) => 'hex' in event).length;
  console.log(`\nmended: ${mended.join(', ') || 'nothing but the brace'}`);
  console.log(`  something came to a client ${heard} times`);
  if (first === undefined) console.log(`  equal to the file, ${comparison.bytes} bytes`);
  else console.log(`  ${first.client} parts from the file: ${first.leftReads || first.left}`);
  keepTrace(run.events);
}
