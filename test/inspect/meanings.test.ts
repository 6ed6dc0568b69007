import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { type InspectOptions, inspect } from '../../src/inspect/inspect.js';
import type { Inspection, Span } from '../../src/inspect/inspection.js';
import { InspectionStream } from '../../src/inspect/inspection-stream.js';
import { MEANINGS, type Meanings } from '../../src/inspect/meanings.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { encodeClose } from '../../src/websocket/closing.js';
import { DEFLATE_DEFAULTS } from '../../src/websocket/deflate-offer.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';

const seen = new Set<string>();

/** A language whose sentences are the key, and what numbers and other sentences they are given. */
const MADE_UP = Object.fromEntries(
  Object.keys(MEANINGS).map((key) => [
    key,
    (given: Record<string, unknown> = {}) => {
      seen.add(key);
      const words = Object.values(given).filter(
        (value) => typeof value === 'number' || /^<.*>$/s.test(String(value)),
      );
      return `<${[key, ...words].join(' ')}>`;
    },
  ]),
) as unknown as Meanings;

/** Every sentence of an inspection that a table is asked for. */
function sentences({ frames, handshakes, original, rest }: Inspection): string[] {
  const said = ({ meaning, parts = [] }: Span): string[] => [meaning, ...parts.flatMap(said)];
  return [
    ...[...frames, ...handshakes].flatMap(({ spans }) => spans.flatMap(said)),
    ...original.map(({ reads }) => reads),
    ...(rest === null ? [] : [rest.meaning, ...rest.spans.flatMap(said)]),
  ];
}

const text = (value: string) => encodeFrame(Opcode.text, utf8(value), { maskingKey: 0x37fa213d });
const REQUEST = [
  'GET / HTTP/1.1',
  'Host: a',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Protocol: chat',
  'Sec-WebSocket-Extensions: permessage-deflate',
  'Origin: http://a',
  'X-Other: b',
  '\r\n',
].join('\r\n');

/** Inputs that between them need every sentence. */
const INPUTS: readonly Uint8Array[] = [
  ...['{"a":1}', '{}', '[1]', '"x"', '7', '好', 'no JSON at all', ''].map(text),
  ...[1000, 1010, 1011, 1005].map((code) => encodeFrame(Opcode.close, encodeClose(code))),
  ...['88 01 03', '88 02 03ed', '88 07 03e8 6465616463', '81 03 61ff61', '01 01 e5 80 02 a5bd'],
  ...['81 7e 0005 48656c6c6f', '82 7f 00000000 00000001 00', '82 7f 0000', '81', '81 05 48'],
  ...['88 04 03e8', '89 00', '02 01 00 80 00', '01 02 e5a5', '01 01 e5 80 01 61'],
  ...['f1 00', '93 00', '08 00', '82 fe 0001 00000000 61'],
  utf8(REQUEST),
  utf8(REQUEST.slice(0, -2)),
  utf8(REQUEST.replace('13', '8').replace('Host: a', 'no field')),
  joinBytes([utf8(REQUEST.replace('Key: dGhl', 'Key: ?')), text('x')]),
  joinBytes([utf8(REQUEST), text('{"type":"login"}')]),
  ...[
    '',
    'Sec-WebSocket-Accept: a\r\nSec-WebSocket-Protocol: a\r\nSec-WebSocket-Extensions: a\r\n',
  ].map((fields) => utf8(`HTTP/1.1 101 OK\r\n${fields}\r\n`)),
  utf8('HTTP/1.1 404 No\r\n\r\n'),
  utf8(`\r\n${REQUEST}`),
].map((input) => (typeof input === 'string' ? hex(input) : input));

describe('a language of one’s own', () => {
  test('leaves no English sentence', () => {
    const options = { meanings: MADE_UP };
    const all = [
      ...INPUTS.map((bytes) => inspect(bytes, options)),
      ...['c1 07 f248cdc9c90700 c1 01 06 c1 05 f200110000 c1 01 00', '41 01 00'].map((bytes) =>
        inspect(hex(bytes), { ...options, deflate: true }),
      ),
      ...[Opcode.binary, Opcode.text].map((opcode) =>
        inspect(encodeFrame(opcode, bomb(), { rsv1: true }), {
          ...options,
          deflate: { ...DEFLATE_DEFAULTS, serverMaxWindowBits: 8 },
        }),
      ),
      inspect(hex('c1 07 f248cdc9c90700'), options),
      inspect(hex('8180 00000000'), { ...options, early: 1 }),
      inspect(encodeFrame(Opcode.binary, far(), { rsv1: true }), {
        ...options,
        deflate: { ...DEFLATE_DEFAULTS, serverMaxWindowBits: 8 },
      }),
      tooLong(options),
      inspect(utf8(`HTTP/1.1 101 OK\r\nSec-WebSocket-Accept: a\r\n\r\n`), { ...options, key: 'k' }),
    ].flatMap((inspection) => {
      const said = sentences(inspection);
      expect(said.length).toBeGreaterThan(0);
      return said;
    });
    expect(all.filter((sentence) => !/^<.*>$/s.test(sentence))).toEqual([]);
  });

  test('is asked for each of its sentences', () => {
    expect(Object.keys(MEANINGS).filter((key) => !seen.has(key))).toEqual([]);
  });

  test('is given numbers, and English is the default', () => {
    const { frames } = inspect(hex('81 05 48656c6c6f'), { meanings: MADE_UP });
    expect(frames[0]?.spans.map(({ meaning }) => meaning)).toEqual([
      '<first 129 0 1>',
      '<second 5 5>',
      '<payload 5 5 <text 5 5>>',
    ]);
    expect(inspect(hex('81 00')).frames[0]?.spans[1]?.meaning).toContain('MASK is 0');
  });
});

/** Of a message that is longer than is kept. */
function tooLong(options: InspectOptions): Inspection {
  const stream = new InspectionStream({ ...options, deflate: true }, 4);
  const told = [...stream.push(hex('c1 07 f248cdc9c90700')), ...stream.end()];
  const frames = told.flatMap((one) => (one.kind === 'frame' ? [one.frame] : []));
  return { frames, handshakes: [], original: [], rest: null };
}

/** Looks back farther than the smallest window. */
function far(): Uint8Array {
  const dictionary = new Uint8Array(0);
  const noise = someBytes(900);
  return nodeCompression
    .deflate(joinBytes([noise, noise]), { dictionary, windowBits: 15 })
    .subarray(0, -4);
}

/** More than is kept, compressed. */
function bomb(): Uint8Array {
  const dictionary = new Uint8Array(0);
  return nodeCompression
    .deflate(new Uint8Array(2 << 20), { dictionary, windowBits: 15 })
    .subarray(0, -4);
}
