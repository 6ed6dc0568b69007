/**
 * The frames that the partly mended mirror is handed in place of those that came, and what is wrong with these.
 * @module
 */

import { encodeClose } from '../websocket/closing.js';
import { FrameDecoder } from '../websocket/decoder.js';
import { encodeFrame, encodeTextFrame, Opcode } from '../websocket/frame.js';
import type { ProtocolError } from '../websocket/problem.js';

/** A text that the mirror does not understand, in a frame that is long enough for it. */
export const NONSENSE = encodeTextFrame('???', { maskingKey: 0 });

/** The first piece of a text, behind which others are to follow. */
export const BEGINNING = encodeFrame(Opcode.text, new Uint8Array(0), { fin: false, maskingKey: 0 });

/** What is wrong with a frame by itself. */
export function problemOf(bytes: Uint8Array): ProtocolError | null {
  const decoder = new FrameDecoder('client');
  decoder.feed(bytes);
  return decoder.problem;
}

/** A Close frame of the server. */
export function closeFrame(code: number, reason = ''): Uint8Array {
  return encodeFrame(Opcode.close, encodeClose(code, reason));
}

/** A text as a client sends it; its masking key is 0. */
export function maskedText(payload: Uint8Array): Uint8Array {
  return encodeFrame(Opcode.text, payload, { maskingKey: 0 });
}
