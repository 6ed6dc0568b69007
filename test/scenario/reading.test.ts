import { describe, expect, test } from 'vitest';
import {
  differingField,
  formOfFrames,
  formOfHeads,
  formOfTexts,
  jsonDifference,
  readFrame,
} from '../../src/scenario/reading.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, utf8 } from '../support/bytes.js';

const text = (json: string): Uint8Array => encodeFrame(Opcode.text, utf8(json));

const head = (...lines: string[]): Uint8Array =>
  utf8(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));

const ROOM = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Accept: abc='];
const ORIGINAL = [
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Connection: Upgrade',
  'Sec-WebSocket-Accept:abc=',
];

describe('RFC 6455 4.1 two answers to a handshake', () => {
  test('mean the same when a client sees no difference; D32 only where one is written as the original writes it', () => {
    expect(formOfHeads(head(...ROOM), head(...ORIGINAL))).toEqual({ form: 'head', defect: 'D32' });
    const other = ['connection: keep-alive, UPGRADE', 'UPGRADE: WebSocket', ...ROOM.slice(2)];
    expect(formOfHeads(head(...ROOM), head(...other))).toEqual({ form: 'head', defect: null });
  });

  test.each([
    ['upgrade', ROOM.slice(1)],
    ['upgrade', ['Upgrade: h2c', ...ROOM.slice(1)]],
    ['connection', [ROOM[0], ROOM[2]]],
    ['connection', [ROOM[0], 'Connection: close', ROOM[2]]],
    ['sec-websocket-accept', ROOM.slice(0, 2)],
    ['sec-websocket-accept', [...ROOM.slice(0, 2), 'Sec-WebSocket-Accept: abd=']],
    ['sec-websocket-extensions', [...ROOM, 'Sec-WebSocket-Extensions: x']],
    ['sec-websocket-protocol', [...ROOM, 'Sec-WebSocket-Protocol: chat']],
  ] as [string, string[]][])('part at %s: %j', (field, lines) => {
    expect(differingField(head(...ROOM), head(...lines))).toBe(field);
    expect(formOfHeads(head(...ROOM), head(...lines))).toBeNull();
  });

  test('part at the status line when one refuses, and two refusals never mean the same', () => {
    const refusal = (body: string): Uint8Array => utf8(`HTTP/1.1 400 Bad Request\r\n\r\n${body}`);
    expect(differingField(head(...ROOM), refusal(''))).toBe('status line');
    expect(formOfHeads(refusal('a'), refusal('b'))).toBeNull();
  });
});

describe('RFC 8259 two texts of JSON', () => {
  test.each([
    ['{"a":"你/"}', '{"a":"\\u4f60\\/"}', 'D33'],
    ['{"a":"😀"}', '{"a":"\\ud83d\\ude00"}', 'D33'],
    ['{"a":"你"}', '{"a": "你"}', null],
    ['{"a":"你"}', '{"a": "\\u4f60"}', null],
    ['{"a":1,"b":2}', '{"b":2,"a":1}', null],
    ['{"a":"\\u0041"}', '{"a":"A"}', null],
    ['{"a":1}', '{"a":1.0}', null],
  ])('%s and %s mean the same; shown by the bytes: %s', (a, b, defect) => {
    for (const [left, right] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(formOfTexts(left, right)).toEqual({ form: 'json', defect });
      expect(formOfFrames(text(left), text(right))).toEqual({ form: 'json', defect });
      expect(jsonDifference(left, right)).toBeNull();
    }
  });

  test.each([
    ['{"type":"user"}', '{"type":"USER"}', 'type', '"user"', '"USER"'],
    ['{"a":{"b":[1,2]}}', '{"a":{"b":[1,3]}}', 'a.b[1]', '2', '3'],
    ['{"a":[1]}', '{"a":[1,2]}', 'a[1]', null, '2'],
    ['{"a":1,"b":1}', '{"a":1}', 'b', '1', null],
    ['[]', '{}', '', '[]', '{}'],
    ['{"a b":1}', '{"a b":2}', '["a b"]', '1', '2'],
    ['{"constructor":1}', '{}', 'constructor', '1', null],
    ['{"a":null}', '{}', 'a', 'null', null],
  ])('%s and %s part at one member', (a, b, path, left, right) => {
    expect(jsonDifference(a, b)).toEqual({ path, left, right });
    expect(formOfTexts(a, b)).toBeNull();
  });

  test('what is no JSON, or nests too deep, is not taken to mean the same, and breaks nothing', () => {
    expect(formOfTexts('hello', 'hello')).toBeNull();
    const deep = (inner: string): string => `${'['.repeat(200_000)}${inner}${']'.repeat(200_000)}`;
    expect(formOfTexts(deep('1'), deep(' 1'))).toBeNull();
    expect(jsonDifference(deep('1'), deep('2'))).toBeNull();
  });
});

describe('a frame, as its client reads it', () => {
  test.each([
    ['81025b5d', 'text []'],
    ['8100', 'an empty text'],
    ['880203e9', 'close 1001'],
    ['880503e8627965', 'close 1000 "bye"'],
    ['8800', 'close, without a code'],
    ['8a0161', 'pong 61'],
    ['8900', 'ping, empty'],
    ['010161', 'text, more follow 61'],
    ['800161', 'continuation 61'],
    ['8105', 'a frame that is not whole'],
  ])('%s: %s', (bytes, says) => {
    expect(readFrame(hex(bytes))).toBe(says);
  });

  test('one that breaks a rule says which, and never means the same as a good one', () => {
    expect(readFrame(hex('c1025b5d'))).toMatch(/^no good frame: 1002: /);
    expect(readFrame(hex('8102fffe'))).toMatch(/^no good frame: 1007: /);
    // 5.2: the minimal number of bytes MUST be used
    expect(formOfFrames(hex('81025b5d'), hex('817e00025b5d'))).toBeNull();
    expect(formOfFrames(hex('81025b5d'), hex('8182000000005b5d'))).toBeNull();
  });
});
