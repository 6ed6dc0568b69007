/**
 * Lesson 15, a solution.
 */

import { encodeFrame, type Frame, Opcode } from 'loopscope';
import type { Answer } from './exercise.js';

/** Most bytes of a reason: 125 less the two of the code. */
const MOST = 123;

/** Answers a control frame of a client. */
export function answer({ opcode, payload }: Frame, closeSent: boolean): Answer {
  const closeTcp = opcode === Opcode.close;
  if (closeSent || opcode === Opcode.pong) return { bytes: null, closeTcp };
  const bytes =
    opcode === Opcode.ping
      ? encodeFrame(Opcode.pong, payload)
      : encodeFrame(Opcode.close, payload.subarray(0, 2));
  return { bytes, closeTcp };
}

/** Writes a server's Close frame. */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  if (code === null) return encodeFrame(Opcode.close, new Uint8Array(0));
  const payload = [code >>> 8, code & 0xff];
  for (const character of reason) {
    const bytes = new TextEncoder().encode(character);
    if (payload.length - 2 + bytes.length > MOST) break;
    payload.push(...bytes);
  }
  return encodeFrame(Opcode.close, Uint8Array.from(payload));
}
