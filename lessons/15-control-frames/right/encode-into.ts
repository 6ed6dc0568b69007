import { type Frame, Opcode } from 'loopscope';
import type { Answer } from '../exercise.js';

/** Writes the two bytes of the header by hand. */
function frame(opcode: number, payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(0b1000_0000 | opcode, payload.length), payload]);
}

/** One case for each kind. */
export function answer({ opcode, payload }: Frame, closeSent: boolean): Answer {
  switch (opcode) {
    case Opcode.ping:
      return { bytes: closeSent ? null : frame(Opcode.pong, payload), closeTcp: false };
    case Opcode.close:
      return { bytes: closeSent ? null : frame(opcode, payload.slice(0, 2)), closeTcp: true };
    default:
      return { bytes: null, closeTcp: false };
  }
}

/** Lets the encoder stop where no whole character fits any more. */
export function closeFrame(code: number | null, reason: string): Uint8Array {
  if (code === null) return Buffer.of(0x88, 0);
  const payload = new Uint8Array(125);
  new DataView(payload.buffer).setUint16(0, code);
  const { written } = new TextEncoder().encodeInto(reason, payload.subarray(2));
  return frame(Opcode.close, payload.subarray(0, 2 + written));
}
