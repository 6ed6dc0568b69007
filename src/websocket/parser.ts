/**
 * The one parser: reads a frame's header field by field, in the order of the diagram in RFC 6455
 * section 5.2. It asks for each field and says what is wrong; it keeps no bytes and never throws.
 * The decoder stops at its first problem, the inspector notes it and goes on.
 * @module
 */

import { extendedLengthBytes, type FrameHeader, isControl, Opcode, type Role } from './frame.js';
import { type Problem, type ProblemCode, type ProblemText, problemOf } from './problem.js';

/** The fields that the parser asks for, by their names in section 5.2. */
export type FieldName =
  | 'fin-rsv-opcode'
  | 'mask-length'
  | 'extended-length-16'
  | 'extended-length-64'
  | 'extended-length-continued'
  | 'masking-key'
  | 'payload';

/**
 * "Give me this field": the parser is resumed with its value, an unsigned number, first byte
 * highest. For the payload it is resumed with any number once `length` bytes have been taken.
 */
export type Ask = FieldAsk | PayloadAsk;

/** An ask for one of the header's fields, 1 to 4 bytes. */
export interface FieldAsk {
  /** Which field. */
  readonly ask: Exclude<FieldName, 'payload'>;
  /** The field's length in bytes. */
  readonly length: 1 | 2 | 4;
}

/** The ask for the payload; the header in front of it is known by now. */
export interface PayloadAsk {
  /** Says that it is the payload. */
  readonly ask: 'payload';
  /** The payload's length in bytes, never 0: an empty payload is not asked for. */
  readonly length: number;
  /** What stands in front of the payload. */
  readonly header: FrameHeader;
}

/** What a stream allows, and where its messages stand: the parser reads it and keeps it up to date. */
export interface StreamState {
  /** Who sends this stream. */
  readonly from: Role;
  /** Whether RSV1 has a meaning: permessage-deflate was agreed on (RFC 7692). */
  readonly rsv1: boolean;
  /** The longest message, in bytes over all of its frames; compressed it may be somewhat longer. */
  readonly maxMessageLength: number;
  /** The opcode of the message being continued; null between messages. */
  opcode: number | null;
  /** Whether that message is compressed: its first frame had RSV1 set (RFC 7692 6). */
  compressed: boolean;
  /** Payload bytes of that message so far. */
  messageLength: number;
}

/** The state of a stream at its beginning. */
export function newStream(
  from: Role,
  options: { rsv1?: boolean; maxMessageLength?: number } = {},
): StreamState {
  const { rsv1 = false, maxMessageLength = Number.POSITIVE_INFINITY } = options;
  return { from, rsv1, maxMessageLength, opcode: null, compressed: false, messageLength: 0 };
}

/** What every frame begins with. */
export const FIN_RSV_OPCODE: FieldAsk = { ask: 'fin-rsv-opcode', length: 1 };
const MASK_LENGTH: FieldAsk = { ask: 'mask-length', length: 1 };
const EXTENDED_16: FieldAsk = { ask: 'extended-length-16', length: 2 };
const EXTENDED_64: FieldAsk = { ask: 'extended-length-64', length: 4 };
const CONTINUED: FieldAsk = { ask: 'extended-length-continued', length: 4 };
const MASKING_KEY: FieldAsk = { ask: 'masking-key', length: 4 };

/**
 * Parses one frame.
 *
 * @param stream what is allowed, and the message that the frame may continue
 * @returns the header, once the payload has been taken
 * @see RFC 6455 5.2
 */
export function* parseFrame(stream: StreamState): Generator<Ask | Problem, FrameHeader, number> {
  // #region lesson-first-byte
  const first = yield FIN_RSV_OPCODE;
  const fin = (first & 0b1000_0000) !== 0;
  const rsv1 = (first & 0b0100_0000) !== 0;
  const rsv2 = (first & 0b0010_0000) !== 0;
  const rsv3 = (first & 0b0001_0000) !== 0;
  const opcode = first & 0b0000_1111;
  // #endregion
  const control = isControl(opcode);

  // 5.2: "MUST be 0 unless an extension is negotiated that defines meanings for non-zero values"
  // RFC 7692 6: RSV1 of a data message's first frame says that the message is compressed
  const rsv1Allowed = stream.rsv1 && !control && opcode !== Opcode.continuation;
  if ((rsv1 && !rsv1Allowed) || rsv2 || rsv3) {
    const set = [rsv1 && !rsv1Allowed && 'RSV1', rsv2 && 'RSV2', rsv3 && 'RSV3'].filter(isName);
    const [first = '', second = '', third = ''] = set;
    yield wrong('reserved-bits', '5.2', { n: set.length, first, second, third });
  }
  // 5.2: "If an unknown opcode is received, the receiving endpoint MUST Fail the Connection"
  if ((opcode > Opcode.binary && opcode < Opcode.close) || opcode > Opcode.pong) {
    yield wrong('reserved-opcode', '5.2', { opcode: opcode.toString(16) });
  } else if (control && !fin) {
    // 5.5: "MUST NOT be fragmented"
    yield wrong('control-fragmented', '5.5');
  } else if (!control && opcode === Opcode.continuation && stream.opcode === null) {
    // 5.4: a fragmented message begins with "an opcode other than 0"
    yield wrong('nothing-to-continue', '5.4');
  } else if (!control && opcode !== Opcode.continuation && stream.opcode !== null) {
    // 5.4: "The fragments of one message MUST NOT be interleaved between the fragments of another"
    yield wrong('message-not-finished', '5.4');
  }

  // #region lesson-mask-bit
  const second = yield MASK_LENGTH;
  const masked = (second & 0b1000_0000) !== 0;
  const length7 = second & 0b0111_1111;
  if (!masked && stream.from === 'client') {
    // 5.1: "The server MUST close the connection upon receiving a frame that is not masked."
    yield wrong('unmasked-client-frame', '5.1');
  } else if (masked && stream.from === 'server') {
    // 5.1: "A client MUST close a connection if it detects a masked frame."
    yield wrong('masked-server-frame', '5.1');
  }
  // #endregion
  // 5.5: "All control frames MUST have a payload length of 125 bytes or less"
  if (control && length7 > 125) {
    yield wrong('control-too-long', '5.5');
  }

  let payloadLength = length7;
  if (length7 === 126) {
    payloadLength = yield EXTENDED_16;
  } else if (length7 === 127) {
    const high = yield EXTENDED_64;
    // 5.2: "the most significant bit MUST be 0"
    if (high >= 2 ** 31) {
      yield wrong('length-too-long', '5.2');
    }
    payloadLength = high * 2 ** 32 + (yield CONTINUED);
  }
  // 5.2: "the minimal number of bytes MUST be used to encode the length"
  const lengthBytes = length7 === 126 ? 2 : length7 === 127 ? 8 : 0;
  if (lengthBytes > extendedLengthBytes(payloadLength)) {
    yield wrong('length-not-shortest', '5.2', { length: payloadLength, bits: lengthBytes * 8 });
  }
  // 7.4.1: 1009 is for "a message that is too big for it to process"
  const messageLength = control ? 0 : stream.messageLength + payloadLength;
  if (messageLength > stream.maxMessageLength) {
    const compressed = opcode === Opcode.continuation ? stream.compressed : rsv1;
    const most = compressed ? mostCompressed(stream.maxMessageLength) : stream.maxMessageLength;
    if (messageLength > most) {
      yield problemOf({
        code: 'message-too-big',
        closeCode: 1009,
        section: '7.4.1',
        values: { length: messageLength, limit: most },
      });
    }
  }

  const maskingKey = masked ? yield MASKING_KEY : null;
  const header = { fin, rsv1, rsv2, rsv3, opcode, masked, payloadLength, maskingKey };
  if (payloadLength > 0) yield { ask: 'payload', length: payloadLength, header };

  if (!control) {
    stream.messageLength = fin ? 0 : messageLength;
    if (opcode !== Opcode.continuation) stream.compressed = rsv1;
    stream.opcode = fin ? null : (stream.opcode ?? opcode);
  }
  return header;
}

/**
 * The longest that a message may be compressed. What cannot be made smaller goes out in stored blocks
 * (RFC 1951 3.2.4), 5 bytes more for each, which some make small. What comes out is measured later.
 */
function mostCompressed(maxMessageLength: number): number {
  return maxMessageLength + Math.ceil(maxMessageLength / 16) + 64;
}

/** A broken rule of the frame itself, which RFC 6455 7.4.1 answers with 1002. */
function wrong(
  code: ProblemCode & ProblemText,
  section: string,
  values: Problem['values'] = {},
): Problem {
  return problemOf({ code, closeCode: 1002, section, values });
}

function isName(bit: string | false): bit is string {
  return bit !== false;
}
