/**
 * Streams that obey the RFC, for the property tests.
 * @module
 */

import fc from 'fast-check';
import { joinBytes } from '../../src/bytes.js';
import { encodeClose, isCloseCodeOnWire } from '../../src/websocket/closing.js';
import { encodeFrame, Opcode, type Role } from '../../src/websocket/frame.js';
import { utf8 } from './bytes.js';
import { cutAt } from './cuts.js';

/** A frame as it is to be written. */
export interface Written {
  opcode: number;
  fin: boolean;
  payload: Uint8Array;
  maskingKey: number | null;
}

/** Any offsets to cut at; see `cutAt`. */
export const offsets = fc.array(fc.nat(), { maxLength: 12 });

/** Any text: every character of Unicode may come, none is half a surrogate pair. */
export const text = fc.string({ unit: 'binary', maxLength: 60 });

type Unmasked = Omit<Written, 'maskingKey'>;

const close = fc
  .tuple(fc.integer({ min: 1000, max: 4999 }).filter(isCloseCodeOnWire), text)
  .map(([code, reason]) => encodeClose(code, reason));

const control: fc.Arbitrary<Unmasked> = fc
  .oneof(
    fc.tuple(fc.constantFrom(Opcode.ping, Opcode.pong), fc.uint8Array({ maxLength: 125 })),
    fc.tuple(fc.constant(Opcode.close), fc.oneof(fc.constant(new Uint8Array(0)), close)),
  )
  .map(([opcode, payload]) => ({ opcode, payload, fin: true }));

const lengthAtBorder = fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536);

const content = fc.oneof(
  { weight: 4, arbitrary: text.map((text) => ({ opcode: Opcode.text, payload: utf8(text) })) },
  {
    weight: 4,
    arbitrary: fc
      .uint8Array({ maxLength: 200 })
      .map((payload) => ({ opcode: Opcode.binary, payload })),
  },
  {
    weight: 1,
    arbitrary: lengthAtBorder.map((length) => ({
      opcode: Opcode.binary,
      payload: new Uint8Array(length).fill(0xa5),
    })),
  },
);

/** One message: in one frame or several, cut anywhere, with control frames between them. */
const message = fc
  .tuple(content, fc.array(fc.nat(), { maxLength: 3 }), fc.array(control, { maxLength: 2 }))
  .map(([{ opcode, payload }, offsets, controls]) => {
    const pieces = cutAt(payload, offsets);
    return pieces.flatMap((piece, i): Unmasked[] => [
      ...(i === 1 ? controls : []),
      {
        opcode: i === 0 ? opcode : Opcode.continuation,
        fin: i === pieces.length - 1,
        payload: piece,
      },
    ]);
  });

/** The frames of a few messages, as `from` would write them. */
export function framesFrom(from: Role): fc.Arbitrary<Written[]> {
  const key = from === 'client' ? fc.integer({ min: 0, max: 0xffff_ffff }) : fc.constant(null);
  const messages = fc.array(
    fc.oneof(
      message,
      control.map((frame) => [frame]),
    ),
    { maxLength: 4 },
  );
  return messages.chain((list) => {
    const frames = list.flat();
    return fc
      .array(key, { minLength: frames.length, maxLength: frames.length })
      .map((keys) => frames.map((frame, i) => ({ ...frame, maskingKey: keys[i] ?? null })));
  });
}

/** The bytes of the frames, one behind the other. */
export function written(frames: readonly Written[]): Uint8Array {
  return joinBytes(frames.map((frame) => encodeFrame(frame.opcode, frame.payload, frame)));
}

/** Streams near the border between right and wrong: a good one with a few bytes changed. */
export function almostFrames(from: Role): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 });
  return fc.tuple(framesFrom(from), changes).map(([frames, changes]) => {
    const bytes = written(frames);
    for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
    return bytes;
  });
}

/** What the decoder gives for a frame that was written so. */
export function asDecoded({ opcode, fin, payload, maskingKey }: Written): object {
  const masked = maskingKey !== null;
  const reserved = { rsv1: false, rsv2: false, rsv3: false };
  return { fin, ...reserved, opcode, masked, payloadLength: payload.length, maskingKey, payload };
}
