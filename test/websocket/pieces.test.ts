/** A payload that comes in pieces: what is kept of them, and what they are joined to. */

import { describe, expect, test } from 'vitest';
import { nodeBytes } from '../../src/net/node-bytes.js';
import { FrameDecoder } from '../../src/websocket/decoder.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { Pieces } from '../../src/websocket/pieces.js';
import { someBytes } from '../support/bytes.js';
import { cutAt } from '../support/cuts.js';

describe.each([
  ['all JavaScript', null],
  ["Node's tools", nodeBytes],
])('pieces of a payload, %s', (_, tools) => {
  test.each([
    ['long ones', [20_000, 40_000, 60_000]],
    ['short ones', [1, 2, 3, 100, 5_000]],
    ['short ones between long ones', [3, 30_000, 30_001, 30_002, 70_000, 70_001]],
    ['more short ones than one room has', [15_000, 30_000, 45_000, 60_000, 75_000]],
  ])('%s are joined in their order', (_, cuts) => {
    const bytes = someBytes(90_000);
    for (const mine of [true, false]) {
      const pieces = new Pieces(tools);
      let left = bytes.length;
      for (const piece of cutAt(bytes, cuts)) {
        expect(Buffer.compare(pieces.add(piece, left, mine), piece)).toBe(0);
        left -= piece.length;
      }
      const whole = new Uint8Array(bytes.length);
      pieces.joinInto(whole);
      expect(Buffer.compare(whole, bytes)).toBe(0);
    }
  });

  test('a long one is kept as it came where nobody else needs it, and else copied', () => {
    const piece = someBytes(20_000);
    expect(new Pieces(tools).add(piece, 90_000, true)).toBe(piece);
    expect(new Pieces(tools).add(piece, 90_000, false).buffer).not.toBe(piece.buffer);
  });

  test('a decoder changes what it was given only where nobody else needs it', () => {
    const payload = someBytes(90_000);
    const sent = encodeFrame(Opcode.binary, payload, { maskingKey: 0x37fa213d });
    for (const mine of [false, true]) {
      const given = sent.slice();
      const decoder = new FrameDecoder('client', { tools });
      const [first, second] = cutAt(given, [50_000]);
      decoder.feed(first as Uint8Array, 0, 1, mine);
      const [frame] = decoder.feed(second as Uint8Array, 0, 1, mine);
      expect(Buffer.compare(frame?.payload ?? sent, payload)).toBe(0);
      expect(Buffer.compare(given, sent) === 0).toBe(!mine);
    }
  });
});
