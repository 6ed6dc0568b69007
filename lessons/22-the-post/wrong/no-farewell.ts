// refused: wrong.differs
import type { Fd } from 'loopscope';
import type { Post } from '../exercise.js';
import { hasLeft, verdicts } from '../solution.js';

export { hasLeft, verdicts };

/** Leaves out the farewell: whoever has left is only taken out of the table. */
export function turn(post: Post, ready: readonly Fd[]): void {
  for (const socket of ready) {
    if (socket === post.master) {
      const client = post.accept();
      if (client !== false) post.connect(client);
      continue;
    }
    const buffer = post.recv(socket);
    if (buffer === false || hasLeft(buffer)) post.disconnect(socket);
    else if (post.hasShakenHands(socket)) post.broadcast(post.parse(socket, buffer));
    else post.handShake(socket, buffer);
  }
}
