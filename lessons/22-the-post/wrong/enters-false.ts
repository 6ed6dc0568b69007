// refused: wrong.false
import type { Fd } from 'loopscope';
import type { Post } from '../exercise.js';
import { hasLeft, verdicts } from '../solution.js';

export { hasLeft, verdicts };

/** Keeps what accept gives, whatever it is. */
export function turn(post: Post, ready: readonly Fd[]): void {
  for (const socket of ready) {
    if (socket === post.master) {
      post.connect(post.accept() as Fd);
      continue;
    }
    const buffer = post.recv(socket);
    if (buffer === false || hasLeft(buffer)) post.broadcast(post.disconnect(socket));
    else if (post.hasShakenHands(socket)) post.broadcast(post.parse(socket, buffer));
    else post.handShake(socket, buffer);
  }
}
