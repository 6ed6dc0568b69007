/**
 * The frames that a probe sends, right and wrong ones. All are masked with one key, so that a report
 * is the same each time.
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import { encodeFrame, type FrameOptions, Opcode } from '../websocket/frame.js';
import type { Expected } from './rule.js';

/** The key of the examples of RFC 6455 5.7. */
export const MASKING_KEY = 0x37fa213d;

/** A frame of a client. */
export function frame(
  opcode: number,
  payload: Uint8Array | string = '',
  options: FrameOptions = {},
): Uint8Array {
  return encodeFrame(opcode, bytesOf(payload), { maskingKey: MASKING_KEY, ...options });
}

/** A text frame. */
export function text(payload: Uint8Array | string, options?: FrameOptions): Uint8Array {
  return frame(Opcode.text, payload, options);
}

/** A binary frame. */
export function binary(payload: Uint8Array | string, options?: FrameOptions): Uint8Array {
  return frame(Opcode.binary, payload, options);
}

/** A frame that goes on with a message; it is not the last. */
export function more(payload: Uint8Array | string, options?: FrameOptions): Uint8Array {
  return frame(Opcode.continuation, payload, { fin: false, ...options });
}

/** The last frame of a message. */
export function last(payload: Uint8Array | string, options?: FrameOptions): Uint8Array {
  return frame(Opcode.continuation, payload, options);
}

/** A ping. */
export function ping(payload: Uint8Array | string = '', options?: FrameOptions): Uint8Array {
  return frame(Opcode.ping, payload, options);
}

/** A pong. */
export function pong(payload: Uint8Array | string = '', options?: FrameOptions): Uint8Array {
  return frame(Opcode.pong, payload, options);
}

/** A Close frame with any code, allowed or not; null makes an empty one. */
export function close(code: number | null, reason: Uint8Array | string = ''): Uint8Array {
  if (code === null) return frame(Opcode.close);
  const head = Uint8Array.of(code >>> 8, code);
  return frame(Opcode.close, joinBytes([head, bytesOf(reason)]));
}

/** A frame whose length is written in so many bits, whatever it is. */
export function lengthIn(bits: 16 | 64, opcode: number, payload: Uint8Array | string): Uint8Array {
  const masked = frame(opcode, payload);
  const { length } = bytesOf(payload);
  const header = new Uint8Array(2 + bits / 8);
  header[0] = masked[0] as number;
  header[1] = 0b1000_0000 | (bits === 16 ? 126 : 127);
  const view = new DataView(header.buffer);
  if (bits === 16) view.setUint16(2, length);
  else view.setBigUint64(2, BigInt(length));
  return joinBytes([header, masked.subarray(masked.length - length - 4)]);
}

/** Only the header of a binary frame, which claims so many bytes of payload. */
export function claim(length: bigint): Uint8Array {
  const header = new Uint8Array(14);
  header.set([0x82, 0xff]);
  const view = new DataView(header.buffer);
  view.setBigUint64(2, length);
  view.setUint32(10, MASKING_KEY);
  return header;
}

/** Bytes one by one, each to be sent by itself. */
export function oneByOne(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}

/** A text of so many bytes; from 2 on it is a JSON string, so that rooms which read JSON can read it. */
export function textOf(length: number): string {
  if (length < 2) return '7'.repeat(length);
  return `"${'abcdefghijklmnopqrstuvwxyz'.repeat(Math.ceil(length / 26)).slice(0, length - 2)}"`;
}

/** So many bytes, in which each value comes. */
export function bytesOfLength(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + 0xfe) & 0xff);
}

/** A text as it comes back. */
export function echoText(payload: Uint8Array | string): Expected {
  return { opcode: Opcode.text, payload: bytesOf(payload) };
}

/** Bytes as they come back. */
export function echoBinary(payload: Uint8Array | string): Expected {
  return { opcode: Opcode.binary, payload: bytesOf(payload) };
}

/** Text as UTF-8, bytes as they are. */
export function bytesOf(payload: Uint8Array | string): Uint8Array {
  return typeof payload === 'string' ? toUtf8(payload) : payload;
}
