/**
 * Lesson 13: fan out. Send an answer to everyone, and tell each step.
 *
 * The rest of the server is there: it takes the steps of the PHP original, and calls your function
 * where a message has got its answer. Your trace is held against the one that PHP has written.
 */

import type { Fd, Net, Step } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What the server knows of one client. */
export interface Client {
  /** Its name; '' until it has logged in. */
  uname: string;
}

/**
 * Makes one frame of an answer, and sends it to every client in the table, with a name or without,
 * in the order of the table. Yields the step `broadcast` first: `{ step: 'broadcast', to, bytes }`. Then, behind each
 * send, the step `{ step: 'send', fd, length, taken }`.
 *
 * A client may be gone: then `net.send` throws a SocketError. It gets no `send` step, and the
 * others are none the worse. Its end is dealt with when the loop reads from it.
 *
 * @param net has `send(fd, bytes)`: how many bytes were taken. These messages are short: all of them
 * @param clients the table by descriptor, in the order of connecting
 * @param speaker whose message is answered; after a logout it is in the table no more
 * @param json the answer, a text; `encodeFrame(Opcode.text, payload)` of loopscope makes a frame, and the
 *   payload is bytes: `new TextEncoder().encode(text)` makes the UTF-8 of a text
 */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  speaker: Fd,
  json: string,
): Generator<Step> {
  const what = `${json.length} characters from fd ${speaker} to ${clients.size} clients`;
  yield todo(`send ${what}, at ${net.now()} ms`);
}
