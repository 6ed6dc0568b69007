import type { Fd } from 'loopscope';
import type { Post } from '../exercise.js';
import { verdicts } from '../solution.js';

export { verdicts };

/** Looks at the opcode alone, and tells a request by its first letter. */
export function hasLeft(buffer: Uint8Array | false): boolean {
  if (buffer === false) return true;
  const [first] = buffer;
  return first === undefined || (first !== 0x47 && (first & 0x0f) === 8);
}

/** A function for each branch. */
export function turn(post: Post, ready: readonly Fd[]): void {
  ready.forEach((socket) => {
    if (socket === post.master) welcome(post);
    else serve(post, socket);
  });
}

function welcome(post: Post): void {
  const client = post.accept();
  if (typeof client === 'number') post.connect(client);
}

function serve(post: Post, socket: Fd): void {
  const buffer = post.recv(socket);
  if (buffer === false || hasLeft(buffer)) post.broadcast(post.disconnect(socket));
  else if (!post.hasShakenHands(socket)) post.handShake(socket, buffer);
  else post.broadcast(post.parse(socket, buffer));
}
