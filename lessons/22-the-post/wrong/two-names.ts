// refused: wrong.msg
import type { Fd } from 'loopscope';
import type { Post } from '../exercise.js';
import { hasLeft, verdicts } from '../solution.js';

export { hasLeft, verdicts };

/** Has mended accept, and reads past the two names. */
export function turn(post: Post, ready: readonly Fd[]): void {
  const msg = undefined as unknown as string;
  for (const socket of ready) {
    if (socket === post.master) {
      const client = post.accept();
      if (client !== false) post.connect(client);
      continue;
    }
    const buffer = post.recv(socket);
    const recvMsg: string[] = [];
    if (buffer === false || hasLeft(buffer)) recvMsg.push(post.disconnect(socket));
    else if (post.hasShakenHands(socket)) recvMsg.push(post.parse(socket, buffer));
    else {
      post.handShake(socket, buffer);
      continue;
    }
    post.broadcast(msg);
  }
}
