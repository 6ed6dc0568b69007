import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy } from '../../src/bytes.js';
import { type InspectOptions, inspect } from '../../src/inspect/inspect.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';

const KEY = 0x37fa213d;
const REQUEST = utf8(
  'GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
);

function text(content: string, maskingKey: number | null = KEY): Uint8Array {
  return encodeFrame(Opcode.text, utf8(content), { maskingKey });
}

const SAID = text('{"type":"user","content":"hi"}');

/** The defects of each recv. */
function defects(pieces: Uint8Array[], options: InspectOptions = {}): (string | null)[] {
  const bytes = Uint8Array.from(pieces.flatMap((piece) => [...piece]));
  const { original } = inspect(bytes, { role: 'client', ...options });
  return original.map(({ defect }) => defect);
}

describe('what the original would see', () => {
  test('a good frame is read as the RFC reads it', () => {
    expect(defects([SAID])).toEqual([null]);
  });

  test.each([
    ['fewer than 9 bytes', [text('{}')], ['D01']],
    ['two frames in one recv', [SAID, SAID], ['D03']],
    ['a part of a frame', [SAID.subarray(0, 20)], ['D04']],
    ['a message over 2,040 bytes', [text('a'.repeat(2_100))], ['D05', 'D05']],
    ['a ping', [encodeFrame(Opcode.ping, utf8('ping'), { maskingKey: KEY })], ['D06']],
    [
      'a fragment',
      [encodeFrame(Opcode.text, utf8('ping'), { maskingKey: KEY, fin: false })],
      ['D07'],
    ],
    ['bytes', [encodeFrame(Opcode.binary, utf8('ping'), { maskingKey: KEY })], ['D11']],
    ['an unmasked frame', [text('{"type":"user"}', null)], ['D12']],
    ['text that it does not understand', [text('Hello')], ['D14']],
    [
      'a Close frame with a reason',
      [encodeFrame(Opcode.close, Uint8Array.of(3, 232, 0x62, 0x79, 0x65), { maskingKey: KEY })],
      ['D30'],
    ],
    [
      'text that is no UTF-8',
      [encodeFrame(Opcode.text, Uint8Array.of(0x61, 0xff, 0x61), { maskingKey: KEY })],
      ['D36'],
    ],
    ['a request that is no WebSocket', [utf8('GET / HTTP/1.1\r\n\r\n')], ['D08']],
    ['a part of a request', [REQUEST.subarray(0, 40)], ['D09']],
    ['a frame behind a request', [REQUEST, SAID], ['D10']],
    [
      'a key in another spelling',
      [utf8(fromUtf8Lossy(REQUEST).replace('Sec-WebSocket-Key', 'sec-websocket-key'))],
      ['D25'],
    ],
  ])('%s', (_, pieces, found) => {
    expect(defects(pieces)).toEqual(found);
  });

  test('the pieces count as they came', () => {
    const arrivals = [REQUEST.length, SAID.length, SAID.length];
    expect(defects([REQUEST, SAID, SAID], { arrivals })).toEqual([null, null, null]);
    expect(defects([SAID], { arrivals: [12] })).toEqual(['D04', 'D04']);
  });

  test('behind a logout nothing is read', () => {
    expect(defects([text('{}'), SAID], { arrivals: [8] })).toEqual(['D01']);
  });

  test('what a server sent it does not read', () => {
    expect(defects([text('Hello', null)], { role: 'server' })).toEqual([]);
  });
});
