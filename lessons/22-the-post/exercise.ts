/**
 * Lesson 22: the loop of the post, to be judged and to be mended.
 *
 * The first function says what each exhibit does when it runs. The second decides who has left. The
 * third is the loop itself as the post has it, but for the brace that no compiler lets through.
 */

import type { Fd } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What is wrong in the post: a brace, accept without its result, two names for a message, eight bytes. */
export type Exhibit = 'brace' | 'accept' | 'message' | 'eight-bytes';

/** What one sees of it. */
export type Effect =
  | 'nothing runs at all'
  | 'whoever comes is closed at once'
  | 'everyone is connected, and nobody hears anything'
  | 'it works by accident, until someone says a short word';

/** Says for each exhibit what one sees of it. Each effect stands once. */
export function verdicts(): Record<Exhibit, Effect> {
  return todo('say what one sees of each exhibit');
}

/**
 * Decides whether a client has left, from what one recv gave.
 *
 * @param buffer false after a RST; no bytes after a FIN; else what came: here always one whole frame, or a
 *   request that begins with `GET`. The opcode of a frame is the low half of its first byte; 8 is Close
 */
export function hasLeft(buffer: Uint8Array | false): boolean {
  return todo(`decide whether ${buffer === false ? 0 : buffer.length} bytes say that it has left`);
}

/** The functions that the post calls and does not show. Each does what that of the file does. */
export interface Post {
  /** The listening socket. */
  readonly master: Fd;
  /** Takes a connection out of the queue: its descriptor, or false. What nothing holds is closed. */
  accept(): Fd | false;
  /** Enters a client into the table. */
  connect(client: Fd): void;
  /** Takes up to 2,048 bytes: none after FIN, false after RST. */
  recv(socket: Fd): Uint8Array | false;
  /** Whether this client is through its handshake. */
  hasShakenHands(socket: Fd): boolean;
  /** Takes a client out of the table. @returns what the others are to hear of it */
  disconnect(socket: Fd): string;
  /** Answers the request of a client. */
  handShake(socket: Fd, buffer: Uint8Array): void;
  /** Reads a frame. @returns what everyone is to hear of it */
  parse(socket: Fd, buffer: Uint8Array): string;
  /** Sends a text to everyone in the table. */
  broadcast(msg: string): void;
}

/**
 * One turn, as the post has it: mend it, until its bytes are those of the file that runs.
 *
 * @param ready what select has left in the array: the listener, or clients
 */
export function turn(post: Post, ready: readonly Fd[]): void {
  // nothing is ever put into these two; PHP would only warn
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
