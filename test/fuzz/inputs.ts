/**
 * Inputs for the fuzzer, all drawn from one source of numbers: random bytes, conversations that obey
 * the RFC, and the same with damage. The same seed gives the same input.
 * @module
 */

import { joinBytes } from '../../src/bytes.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import type { Random } from '../../src/net/sim.js';
import { encodeClose } from '../../src/websocket/closing.js';
import { encodeFrame, Opcode, type Role } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';

const NO_BYTES = new Uint8Array(0);

/** A text as bytes. */
export function bytesOf(text: string): Uint8Array {
  return utf8(text);
}

/** One of a list. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random.below(items.length)];
  if (item === undefined) throw new Error('bug: nothing to choose from');
  return item;
}

/** Bytes of any kind, fewer than `limit`. */
export function noise(random: Random, limit: number): Uint8Array {
  const bytes = new Uint8Array(random.below(limit));
  random.fill(bytes);
  return bytes;
}

/** Pieces that joined are the bytes again; some may be empty. */
export function randomPieces(random: Random, bytes: Uint8Array): Uint8Array[] {
  const places = Array.from({ length: random.below(8) }, () => random.below(bytes.length + 1));
  places.sort((a, b) => a - b);
  return [0, ...places].map((from, i) => bytes.subarray(from, places[i] ?? bytes.length));
}

const WORDS = ['', 'a', 'Hello', 'é', '你好', '👩‍👩‍👧', '\ufeff', '\u0000', 'la '.repeat(60)];
/** What the chat takes, and what it nearly takes. */
const SAID = [
  '{"type":"login","content":"Eve"}',
  '{"type":"user","content":"hello"}',
  '{"type":"login","content":"\\u001b[2J"}',
  '{"type":"login","content":" "}',
  '{"type":"logout","content":"Ada"}',
  '{"type":"user"}',
  'null',
  '[]',
  '{',
];

/** A text for a frame. */
export function words(random: Random): string {
  return random.below(2) === 0 ? pick(random, WORDS) : pick(random, SAID);
}

/** Streams of frames that `from` may send, some of them compressed when that was agreed on. */
export function frames(random: Random, from: Role, deflate = false): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let i = 1 + random.below(5); i > 0; i--) parts.push(message(random, from, deflate));
  if (random.below(3) === 0) parts.push(control(random, from, Opcode.close));
  return joinBytes(parts);
}

/** One message in one frame or several, with control frames in between. */
function message(random: Random, from: Role, deflate: boolean): Uint8Array {
  const isText = random.below(3) > 0;
  const plain = isText ? bytesOf(words(random)) : binary(random);
  const compresses = deflate && random.below(2) === 0;
  const pieces = randomPieces(random, compresses ? compressed(plain) : plain);
  const whole = random.below(2) === 0 ? [joinBytes(pieces)] : pieces;
  const begins = isText ? Opcode.text : Opcode.binary;
  const written = whole.map((piece, i) => {
    const opcode = i === 0 ? begins : Opcode.continuation;
    const fin = i === whole.length - 1;
    const rsv1 = compresses && i === 0;
    const frame = encodeFrame(opcode, piece, { fin, rsv1, maskingKey: key(random, from) });
    const between = !fin && random.below(4) === 0;
    return between ? joinBytes([frame, control(random, from, Opcode.ping)]) : frame;
  });
  return joinBytes(written);
}

function binary(random: Random): Uint8Array {
  // the borders of the three forms of the length, or any bytes
  if (random.below(8) > 0) return noise(random, 300);
  return new Uint8Array(pick(random, [125, 126, 127, 65_535, 65_536])).fill(0xa5);
}

function control(random: Random, from: Role, opcode: number): Uint8Array {
  const close = random.below(4) === 0 ? NO_BYTES : encodeClose(pick(random, CODES), words(random));
  const payload = opcode === Opcode.close ? close : noise(random, 126);
  return encodeFrame(opcode, payload, { maskingKey: key(random, from) });
}

const CODES = [1000, 1001, 1002, 1003, 1007, 1011, 3000, 4999];

function key(random: Random, from: Role): number | null {
  return from === 'client' ? random.uint32() : null;
}

/** One message as permessage-deflate has it, without a look at those before. */
export function compressed(bytes: Uint8Array): Uint8Array {
  const options = { dictionary: NO_BYTES, windowBits: 15 };
  return nodeCompression.deflate(bytes, options).slice(0, -4);
}

/** Values near the borders of the fields of section 5.2. */
const BORDERS = [
  0x00, 0x01, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x88, 0xc1, 0xc2, 0xed, 0xf4, 0xfe, 0xff,
];

/** Changes a copy of the bytes at up to four places, or not at all. */
export function damaged(
  random: Random,
  bytes: Uint8Array,
  tokens: readonly string[] = [],
): Uint8Array {
  let result: Uint8Array = bytes.slice();
  for (let i = random.below(5); i > 0; i--) result = damage(random, result, tokens);
  return result;
}

function damage(random: Random, bytes: Uint8Array, tokens: readonly string[]): Uint8Array {
  const at = random.below(bytes.length + 1);
  const end = Math.min(bytes.length, at + 1 + random.below(8));
  const [before, cut, behind] = [
    bytes.subarray(0, at),
    bytes.subarray(at, end),
    bytes.subarray(end),
  ];
  switch (random.below(8)) {
    case 0:
      return joinBytes([before, cut.map((byte) => byte ^ (1 << random.below(8))), behind]);
    case 1:
      return joinBytes([before, cut.map(() => pick(random, BORDERS)), behind]);
    case 2:
      return joinBytes([before, behind]);
    case 3:
      return joinBytes([before, noise(random, 12), cut, behind]);
    case 4:
      return joinBytes([before, cut, cut, behind]);
    case 5:
      return joinBytes([before, bytesOf(pick(random, [...tokens, '\r\n', '\0'])), cut, behind]);
    case 6:
      return joinBytes([before, bytes.subarray(random.below(bytes.length + 1))]);
    default:
      return before.slice();
  }
}

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** Parts of HTTP and of the extension's parameters, in and out of place. */
export const TOKENS = [
  ': ',
  ', ',
  ' ',
  '\r\n\r\n',
  '\r\n ',
  'HTTP/1.1',
  'Upgrade',
  'websocket',
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n',
  'Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8\r\n',
  '; client_max_window_bits="1\\5"',
  'Host: a\r\n',
  'Origin: null\r\n',
];

const OFFERS = [
  'permessage-deflate',
  'permessage-deflate; client_max_window_bits',
  'permessage-deflate; server_max_window_bits=8, permessage-deflate; server_no_context_takeover',
  'x-webkit-deflate-frame',
];

/** A request that opens a WebSocket; its fields come in any order. */
export function request(random: Random, offers = random.below(2) === 0): Uint8Array {
  const fields = [
    'Host: 127.0.0.1:8080',
    'Upgrade: websocket',
    'Connection: keep-alive, Upgrade',
    `Sec-WebSocket-Key: ${KEY}`,
    'Sec-WebSocket-Version: 13',
    ...(offers ? [`Sec-WebSocket-Extensions: ${pick(random, OFFERS)}`] : []),
    ...(random.below(3) === 0 ? [`X-Filler: ${'y'.repeat(random.below(3_000))}`] : []),
  ];
  fields.sort(() => random.below(3) - 1);
  return bytesOf(`GET /chat HTTP/1.1\r\n${fields.join('\r\n')}\r\n\r\n`);
}

/** The answer to a request with the key above. */
export function answer(random: Random): Uint8Array {
  const agrees = random.below(2) === 0;
  return bytesOf(
    [
      'HTTP/1.1 101 Switching Protocols',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=',
      ...(agrees ? [`Sec-WebSocket-Extensions: ${pick(random, OFFERS)}`] : []),
      '\r\n',
    ].join('\r\n'),
  );
}

/** The key of {@link request}, which {@link answer} fits. */
export const ASKED_KEY = KEY;

/** A stream of a kind: random, right or damaged frames, with a handshake in front or without. */
export function stream(random: Random, from: Role, deflate = false): Uint8Array {
  if (random.below(8) === 0) return noise(random, 400);
  const good = frames(random, from, deflate);
  return random.below(4) === 0 ? good : damaged(random, good);
}
