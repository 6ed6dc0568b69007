// refused: wrong.client
import type { Fd } from 'loopscope';
import type { Post } from '../exercise.js';
import { hasLeft, verdicts } from '../solution.js';

export { hasLeft, verdicts };

/** Has one name for the message, and the post's accept. */
export function turn(post: Post, ready: readonly Fd[]): void {
  let client: Fd | undefined;
  for (const socket of ready) {
    if (socket === post.master) {
      post.accept();
      post.connect(client as Fd);
      continue;
    }
    client = socket;
    const buffer = post.recv(socket);
    if (buffer === false || hasLeft(buffer)) post.broadcast(post.disconnect(socket));
    else if (post.hasShakenHands(socket)) post.broadcast(post.parse(socket, buffer));
    else post.handShake(socket, buffer);
  }
}
