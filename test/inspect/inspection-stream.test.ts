import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import { InspectionStream, type Told } from '../../src/inspect/inspection-stream.js';
import { hex, utf8 } from '../support/bytes.js';

/** What is told of bytes that come in pieces of some lengths. */
function toldOf(bytes: Uint8Array, lengths: readonly number[], most?: number): Told[] {
  const stream = new InspectionStream({}, most);
  const told: Told[] = [];
  let at = 0;
  for (const length of lengths) {
    told.push(...stream.push(bytes.slice(at, at + length)));
    at += length;
  }
  return [...told, ...stream.push(bytes.slice(at)), ...stream.end()];
}

function asInspection(told: readonly Told[]) {
  return {
    frames: told.flatMap((one) => (one.kind === 'frame' ? [one.frame.toJSON()] : [])),
    handshakes: told.flatMap((one) => (one.kind === 'handshake' ? [one.handshake] : [])),
    rest: told.find((one) => one.kind === 'rest')?.rest ?? null,
  };
}

const REQUEST = utf8(
  'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
);
const FRAMES = hex('818537fa213d7f9f4d5158 0103c3a4c3 8002a463 8a00 88823f1c2a5d3cf5 7e00 8a');

describe('bytes of one direction that come in pieces', () => {
  test.each([
    ['frames', FRAMES],
    ['a request and frames', joinBytes([REQUEST, FRAMES])],
    ['a request that is not whole', REQUEST.subarray(0, -2)],
    ['nothing', new Uint8Array(0)],
  ])('%s are told as if they came at once, whatever the pieces', (_, bytes) => {
    const { frames, handshakes, rest } = JSON.parse(JSON.stringify(inspect(bytes)));
    const cuts = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 60 });
    fc.assert(
      fc.property(cuts, (lengths) => {
        const told = JSON.parse(JSON.stringify(asInspection(toldOf(bytes, lengths))));
        expect(told).toEqual({ frames, handshakes, rest });
      }),
      { numRuns: 50 },
    );
  });

  test('each frame is told with its bytes, in order and without a gap', () => {
    const bytes = joinBytes([REQUEST, FRAMES]);
    const told = toldOf(bytes, [3, 200, 1, 1, 5]);
    expect(joinBytes(told.map((one) => one.bytes))).toEqual(bytes);
  });

  test('a frame longer than is kept is told from its beginning, and the one behind it is whole', () => {
    const long = joinBytes([hex('827e 1000'), new Uint8Array(4_096).fill(7), hex('810141')]);
    const cuts = fc.array(fc.integer({ min: 1, max: 900 }), { maxLength: 20 });
    fc.assert(
      fc.property(cuts, (lengths) => {
        const { frames, rest } = asInspection(toldOf(long, lengths, 64));
        expect(rest).toBeNull();
        expect(frames.map(({ offset, length }) => [offset, length])).toEqual([
          [0, 4_100],
          [4_100, 3],
        ]);
        expect(frames[1]?.payload.text).toBe('A');
      }),
      { numRuns: 50 },
    );
    const pieces = Array.from({ length: 45 }, () => 100);
    const [first] = asInspection(toldOf(long, pieces, 64)).frames;
    expect(first?.payload.hex.length).toBeLessThan(400);
    expect(first?.spans.at(-1)?.meaning).toMatch(/^The first \d+ bytes of a payload of 4096/);
  });

  test('of a frame that never ends no more is kept than its beginning, and what is missing is exact', () => {
    const stream = new InspectionStream({}, 1_024);
    const told = [...stream.push(hex('82ff 8000 0000 0000 0005 00000000'))];
    const piece = new Uint8Array(65_536);
    for (let i = 0; i < 64; i++) told.push(...stream.push(piece));
    told.push(...stream.end());
    const kept = told.reduce((sum, { bytes }) => sum + bytes.length, 0);
    expect(kept).toBeLessThan(2_048);
    const { frames, rest } = asInspection(told);
    expect(frames[0]?.header.payloadLength).toBe('9223372036854775813');
    expect(rest?.needs).toBe(String(9_223_372_036_854_775_813n - 64n * 65_536n));
  });

  test('a text in more pieces than are kept is checked to its end', () => {
    const [begin, more, end] = [hex('0104 61616161'), hex('0004 61616161'), hex('8001 ff')];
    const bytes = joinBytes([begin, ...Array.from({ length: 40 }, () => more), end]);
    const told = toldOf(bytes, [], 64);
    const { frames } = asInspection(told);
    expect(frames.at(-1)?.problems.map(({ code }) => code)).toEqual(['bad-utf8']);
    expect(frames.at(-1)?.message?.length).toBe(165);
  });
});
