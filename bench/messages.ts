/**
 * The bytes of the contests, known to the servers and to the load driver alike: what clients send,
 * and what they must get back, to the byte.
 * @module
 */

import { constants, deflateRawSync } from 'node:zlib';
import { encodeFrame, joinBytes, Opcode } from 'loopscope';
import { toUtf8 } from '../src/bytes.js';

/** What a payload of a given length is made of; `deflate` is ASCII that goes over the wire compressed. */
export type Content = 'ascii' | 'chinese' | 'binary' | 'deflate';

/**
 * What the servers do: tell everyone, send short texts in JSON back, or send payloads back of the
 * content and of the length in bytes that the name says: `ascii-65536`.
 */
export type Kind = 'broadcast' | 'echo' | `${Content}-${number}`;

/** One kind's bytes, in rotation, so that a lost, a doubled and a wrong frame differ. */
export interface Messages {
  /** Masked frames, all of one length. */
  asks: Uint8Array[];
  /** What comes back for each, all of one length. */
  answers: Uint8Array[];
}

/** How many messages there are before the first comes again; the most that may be outstanding. */
export const ROTATION = 16;

/** Payloads above this length are sent one at a time, and have no rotation: the driver keeps them all. */
const ROTATES_UP_TO = 1_024;

/** The longest message that a server must take. */
export const LARGE = 16 << 20;

/** Who speaks in a broadcast. */
export const SPEAKER = 'Ada';

const MASKING_KEY = 0x37fa213d;

/** What the speaker says before all else, where names are asked for. */
export const LOGIN = ask(json({ type: 'login', content: SPEAKER }));

/** Each message by itself: so the bytes that come back are the same each time. */
const DEFLATE =
  'Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover';

/** The opening request of every client, with the key of RFC 6455 1.3. */
export function requestOf(kind: Kind): string {
  return [
    'GET / HTTP/1.1',
    'Host: 127.0.0.1',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    ...(isCompressed(kind) ? [DEFLATE] : []),
    '\r\n',
  ].join('\r\n');
}

/** The value that must answer it. */
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** Whether a kind's messages go over the wire compressed. */
export function isCompressed(kind: Kind): boolean {
  return kind.startsWith('deflate-');
}

/** The messages of a kind. */
export function messagesOf(kind: Kind): Messages {
  if (kind === 'broadcast' || kind === 'echo') return shortTexts(kind);
  const [content, digits] = kind.split('-') as [Content, string];
  const length = Number(digits);
  const count = length <= ROTATES_UP_TO && content !== 'deflate' ? ROTATION : 1;
  const payloads = Array.from({ length: count }, (_, i) => payloadOf(content, length, i));
  const opcode = content === 'binary' ? Opcode.binary : Opcode.text;
  const rsv1 = content === 'deflate';
  return {
    asks: payloads.map((each) => encodeFrame(opcode, each, { rsv1, maskingKey: MASKING_KEY })),
    answers: payloads.map((each) => encodeFrame(opcode, each, { rsv1 })),
  };
}

/** A rotation twice over: any run of up to {@link ROTATION} messages is one piece of it. */
export function twice(frames: readonly Uint8Array[]): Uint8Array {
  return joinBytes([...frames, ...frames]);
}

function shortTexts(kind: 'broadcast' | 'echo'): Messages {
  const texts = Array.from({ length: ROTATION }, (_, i) => text(i));
  const asked = texts.map((content) => json({ type: 'user', content }));
  const answered =
    kind === 'echo'
      ? asked
      : texts.map((content) => json({ type: 'user', from: SPEAKER, content }));
  const answers = answered.map((payload) => encodeFrame(Opcode.text, payload));
  return { asks: asked.map(ask), answers };
}

/** A payload of exactly so many bytes; the number tells those of a rotation apart. */
function payloadOf(content: Content, length: number, number: number): Uint8Array {
  switch (content) {
    case 'binary':
      return Uint8Array.from({ length }, (_, i) => ((i + number) * 7) ^ (i >> 8));
    case 'ascii':
      return repeated(`text ${number}: the select loop, seen step by step; `, length);
    case 'chinese':
      return repeated(`第${number}条：在教室里一步一步看见循环。`, length);
    case 'deflate':
      return deflated(repeated('{"type":"user","content":"what a page says to a room"},', length));
  }
}

/** A text again and again, up to so many bytes; full stops where no whole character has room. */
function repeated(text: string, length: number): Uint8Array {
  const once = toUtf8(text);
  const bytes = new Uint8Array(length).fill(0x2e);
  let at = 0;
  for (; at + once.length <= length; at += once.length) bytes.set(once, at);
  new TextEncoder().encodeInto(text, bytes.subarray(at));
  return bytes;
}

/** As zlib does it with its defaults, which are those of ws and ours: the answers must be the same bytes. */
function deflated(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4);
}

/** 32 bytes. */
function text(number: number): string {
  return `text ${String(number).padStart(2, '0')} of 16, 32 bytes long`.padEnd(32, '.');
}

function json(value: object): Uint8Array {
  return toUtf8(JSON.stringify(value));
}

function ask(payload: Uint8Array): Uint8Array {
  return encodeFrame(Opcode.text, payload, { maskingKey: MASKING_KEY });
}
