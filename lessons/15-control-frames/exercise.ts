/**
 * Lesson 15: answer control frames, and write a Close frame.
 *
 * The loop is given: it decodes what comes from a client, joins the messages, and calls `answer` for
 * each control frame. `encodeFrame(opcode, payload)` of loopscope writes a server's frame.
 */

import type { Frame } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What is done about a control frame. */
export interface Answer {
  /** A whole frame for the client; null for none. */
  bytes: Uint8Array | null;
  /** Whether the closing handshake is done: then the loop closes TCP behind the bytes. */
  closeTcp: boolean;
}

/**
 * Answers a control frame of a client.
 *
 * A Close frame is answered with a Close frame that has the same code and no reason. One that is empty
 * is answered with an empty one.
 *
 * @param frame has `opcode` (`Opcode.ping`, `Opcode.pong` or `Opcode.close`) and `payload`, unmasked;
 *   the decoder has refused what is not well formed
 * @param closeSent whether our own Close frame went out before
 */
export function answer(frame: Frame, closeSent: boolean): Answer {
  return todo(`answer opcode ${frame.opcode}, our Close is ${closeSent ? 'out' : 'not out'}`);
}

/**
 * Writes a server's Close frame. Its payload is the code in two bytes, highest first, and behind it
 * the reason in UTF-8. A control frame carries at most 125 bytes: of a longer reason, as many whole
 * characters are taken as fit.
 *
 * @param code 1000 to 4999; null for an empty Close frame
 * @param reason a text for people, perhaps empty; without a code there is none
 */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  return todo(`write a Close frame with ${code} and ${reason.length} characters`);
}
