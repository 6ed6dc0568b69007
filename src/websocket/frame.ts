/**
 * The WebSocket frame of RFC 6455 section 5: its header as a value, and how it is written.
 * Reading is the parser's.
 * @module
 */

import { type ByteTools, toUtf8 } from '../bytes.js';
import { mask } from './mask.js';

/** The opcodes that RFC 6455 section 5.2 defines; 3 to 7 and 0xb to 0xf are reserved. */
export const Opcode = {
  /** Goes on with a message. */
  continuation: 0x0,
  /** Begins a message of UTF-8 text. */
  text: 0x1,
  /** Begins a message of bytes. */
  binary: 0x2,
  /** Begins or answers the closing handshake. */
  close: 0x8,
  /** Asks for a pong. */
  ping: 0x9,
  /** Answers a ping, or says that the sender lives. */
  pong: 0xa,
} as const;

/** The two ends of a connection: a client masks what it sends, a server must not. */
export type Role = 'client' | 'server';

/** The fields in front of the payload, in the order of section 5.2. */
export interface FrameHeader {
  /** Whether it is its message's last frame. */
  fin: boolean;
  /** Set by permessage-deflate on a compressed message. */
  rsv1: boolean;
  /** Reserved. */
  rsv2: boolean;
  /** Reserved. */
  rsv3: boolean;
  /** 0 to 15; see {@link Opcode}. */
  opcode: number;
  /** Whether a masking key is there. */
  masked: boolean;
  /** The payload's length in bytes. */
  payloadLength: number;
  /** The four bytes of the key as one unsigned number, first byte highest; null when not masked. */
  maskingKey: number | null;
}

/** A whole frame, its payload already unmasked. */
export interface Frame extends FrameHeader {
  /** The payload, unmasked. */
  payload: Uint8Array;
  /** The same memory with {@link HEADER_ROOM} bytes in front of the payload; a short one has none. @internal */
  room?: Uint8Array | undefined;
}

/** What the header of a server's frame takes at most: 2 bytes, and 8 of a long length. @internal */
export const HEADER_ROOM = 10;

/** Tells whether an opcode is that of a control frame (RFC 6455 5.5: its highest bit is set). */
export function isControl(opcode: number): boolean {
  return opcode >= 0x8;
}

const OPCODE_NAMES = new Map<number, string>(
  Object.entries(Opcode).map(([name, opcode]) => [opcode, name]),
);

/** An opcode's name: `text`, `close` and so on, or `reserved 0x3`. */
export function opcodeName(opcode: number): string {
  return OPCODE_NAMES.get(opcode) ?? `reserved 0x${opcode.toString(16)}`;
}

/** Bytes that the length takes behind the 7 bits of the second byte, in its shortest form: 0, 2 or 8. */
export function extendedLengthBytes(payloadLength: number): 0 | 2 | 8 {
  if (payloadLength <= 125) return 0;
  return payloadLength <= 0xffff ? 2 : 8;
}

/** What a new frame may say beside its opcode and payload. */
export interface FrameOptions {
  /** Whether this is the message's last frame. Default true. */
  fin?: boolean;
  /** Default false. */
  rsv1?: boolean;
  /** Default false. */
  rsv2?: boolean;
  /** Default false. */
  rsv3?: boolean;
  /** A client's key, four bytes as one unsigned number; null or absent writes an unmasked frame. */
  maskingKey?: number | null;
  /** What the machine does faster: here, taking memory. */
  tools?: ByteTools | null;
  /** The payload's memory with room for the header: then nothing is copied. @internal */
  room?: Uint8Array | null;
}

/**
 * Writes one frame, with the length in its shortest form.
 *
 * @param opcode 0 to 15, written as it is
 * @param payload not yet masked; it is not changed, and it is copied where it has no room in front
 * @returns header and payload in one array
 * @see RFC 6455 5.2
 */
export function encodeFrame(
  opcode: number,
  payload: Uint8Array,
  options: FrameOptions = {},
): Uint8Array {
  const { fin = true, rsv1 = false, rsv2 = false, rsv3 = false, maskingKey = null } = options;
  const { tools = null, room = null } = options;
  const length = payload.length;
  const extended = extendedLengthBytes(length);
  const start = 2 + extended + (maskingKey === null ? 0 : 4);
  const inPlace = room !== null && maskingKey === null;
  const bytes = inPlace
    ? room.subarray(HEADER_ROOM - start)
    : (tools?.allocate(start + length) ?? new Uint8Array(start + length));

  bytes[0] =
    (fin ? 0b1000_0000 : 0) |
    (rsv1 ? 0b0100_0000 : 0) |
    (rsv2 ? 0b0010_0000 : 0) |
    (rsv3 ? 0b0001_0000 : 0) |
    opcode;
  // #region lesson-length
  const maskBit = maskingKey === null ? 0 : 0b1000_0000;
  if (extended === 0) {
    bytes[1] = maskBit | length;
  } else if (extended === 2) {
    bytes[1] = maskBit | 126;
    bytes[2] = length >>> 8;
    bytes[3] = length;
  } else {
    bytes[1] = maskBit | 127;
    writeUint32(bytes, 2, Math.floor(length / 2 ** 32));
    writeUint32(bytes, 6, length);
  }
  // #endregion
  if (!inPlace) bytes.set(payload, start);
  if (maskingKey !== null) {
    writeUint32(bytes, start - 4, maskingKey);
    mask(bytes.subarray(start), maskingKey);
  }
  return bytes;
}

/** Writes a text in one frame, as `encodeFrame` writes its UTF-8. */
export function encodeTextFrame(text: string, options: FrameOptions = {}): Uint8Array {
  return encodeFrame(Opcode.text, toUtf8(text), options);
}

/**
 * The bytes of a frame as they came over the wire. Nothing was kept for it: the decoder takes
 * only the shortest length form, so that the header says it all.
 */
export function frameBytes(frame: Frame): Uint8Array {
  return encodeFrame(frame.opcode, frame.payload, { ...frame, room: null });
}

function writeUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}
