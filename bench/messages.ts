/**
 * The bytes of the contests, known to the servers and to the load driver alike: what clients send,
 * and what they must get back, to the byte.
 * @module
 */

import { encodeFrame, joinBytes, Opcode } from 'loopscope';
import { toUtf8 } from '../src/bytes.js';

/** What the servers do: tell everyone, send texts back, or send 1 MiB back. */
export type Kind = 'broadcast' | 'echo' | 'large';

/** One kind's bytes, in rotation, so that a lost, a doubled and a wrong frame differ. */
export interface Messages {
  /** Masked frames, all of one length. */
  asks: Uint8Array[];
  /** What comes back for each, all of one length. */
  answers: Uint8Array[];
}

/** How many messages there are before the first comes again; the most that may be outstanding. */
export const ROTATION = 16;

/** The longest message that a server must take. */
export const LARGE = 1 << 20;

/** Who speaks in a broadcast. */
export const SPEAKER = 'Ada';

const MASKING_KEY = 0x37fa213d;

/** What the speaker says before all else, where names are asked for. */
export const LOGIN = ask(json({ type: 'login', content: SPEAKER }));

/** The opening request of every client, with the key of RFC 6455 1.3. */
export const REQUEST = [
  'GET / HTTP/1.1',
  'Host: 127.0.0.1',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  '\r\n',
].join('\r\n');

/** The value that must answer it. */
export const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** The messages of a kind. */
export function messagesOf(kind: Kind): Messages {
  if (kind === 'large') {
    const payload = Uint8Array.from({ length: LARGE }, (_, i) => (i * 7) ^ (i >> 8));
    const asked = encodeFrame(Opcode.binary, payload, { maskingKey: MASKING_KEY });
    return { asks: [asked], answers: [encodeFrame(Opcode.binary, payload)] };
  }
  const texts = Array.from({ length: ROTATION }, (_, i) => text(i));
  const asked = texts.map((content) => json({ type: 'user', content }));
  const answered =
    kind === 'echo'
      ? asked
      : texts.map((content) => json({ type: 'user', from: SPEAKER, content }));
  const answers = answered.map((payload) => encodeFrame(Opcode.text, payload));
  return { asks: asked.map(ask), answers };
}

/** A rotation twice over: any run of up to {@link ROTATION} messages is one piece of it. */
export function twice(frames: readonly Uint8Array[]): Uint8Array {
  return joinBytes([...frames, ...frames]);
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
