import type { Fd } from 'loopscope';
import type { Effect, Exhibit, Post } from './exercise.js';

export function verdicts(): Record<Exhibit, Effect> {
  return {
    brace: 'nothing runs at all',
    accept: 'whoever comes is closed at once',
    message: 'everyone is connected, and nobody hears anything',
    'eight-bytes': 'it works by accident, until someone says a short word',
  };
}

export function hasLeft(buffer: Uint8Array | false): boolean {
  if (buffer === false || buffer.length === 0) return true;
  return (buffer[0] ?? 0) === (0b1000_0000 | 8); // a whole Close frame; `G` is 0x47
}

export function turn(post: Post, ready: readonly Fd[]): void {
  for (const socket of ready) {
    if (socket === post.master) {
      const client = post.accept();
      if (client !== false) post.connect(client);
      continue;
    }
    const buffer = post.recv(socket);
    let msg: string;
    if (buffer === false || hasLeft(buffer)) {
      msg = post.disconnect(socket);
    } else if (!post.hasShakenHands(socket)) {
      post.handShake(socket, buffer);
      continue;
    } else {
      msg = post.parse(socket, buffer);
    }
    post.broadcast(msg);
  }
}
