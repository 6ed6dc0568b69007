import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.js';
import { inspectionJson } from '../../src/inspect/json.js';
import { inspectionSchema } from '../../src/inspect/schema.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { almostFrames } from '../support/arbitraries.js';
import { utf8 } from '../support/bytes.js';
import { jsonPieces } from '../support/inspection-json.js';

test('the pieces joined are the JSON of the inspection', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), almostFrames('client')), (bytes) => {
      const whole = JSON.parse([...jsonPieces(bytes)].join(''));
      const inspection = inspect(bytes);
      if (!('omitted' in whole)) expect(whole).toEqual(JSON.parse(JSON.stringify(inspection)));
      expect([...inspectionJson(inspection)].join('')).toBe([...jsonPieces(bytes)].join(''));
    }),
    { numRuns: 60 },
  );
});

/** What is written of some bytes. */
function json(bytes: Uint8Array) {
  const written = JSON.parse([...jsonPieces(bytes)].join(''));
  v.parse(inspectionSchema, written);
  return written;
}

describe('of a long input', () => {
  test('64 KiB are explained in full, to the last byte of a masked payload', () => {
    const whole = json(encodeFrame(Opcode.binary, new Uint8Array(65_528), { maskingKey: 1 }));
    expect(whole.omitted).toBeUndefined();
    expect(whole.frames[0].length).toBe(65_536);
    expect(whole.frames[0].spans.at(-1).parts[0].parts).toHaveLength(65_528);
  });

  test('a span that reaches behind them has no parts, and that is said', () => {
    const { frames, omitted } = json(
      encodeFrame(Opcode.binary, new Uint8Array(65_530), { maskingKey: 1 }),
    );
    expect(omitted).toBe(
      'behind the first 65536 bytes, spans, their parts and what the original would read are left out',
    );
    expect(frames[0].spans.at(-1)).toMatchObject({ field: 'payload', end: 65_538 });
    expect(frames[0].spans.at(-1).parts).toBeUndefined();
  });

  test('frames behind them have no spans, and their problems still', () => {
    const emptyFramesOfReservedBits = Uint8Array.from({ length: 65_540 }, (_, i) =>
      i % 2 === 0 ? 0b1111_0010 : 0,
    );
    const { frames, omitted } = json(emptyFramesOfReservedBits);
    expect(omitted).toBeDefined();
    expect(frames).toHaveLength(65_540 / 2);
    expect(frames[32_767].spans).toHaveLength(2);
    expect(frames[32_768]).not.toHaveProperty('spans');
    expect(frames[32_768].problems[0].code).toBe('reserved-bits');
  });

  test('it is written in pieces', () => {
    const pieces = [...jsonPieces(new Uint8Array(4_000))];
    expect(pieces.length).toBeGreaterThan(10);
    for (const piece of pieces) expect(piece.length).toBeLessThan(70_000);
  });
});

test('JSON that is nested too deep stays text, and nothing throws', () => {
  const text = utf8('['.repeat(60_000) + ']'.repeat(60_000));
  const bytes = encodeFrame(Opcode.text, text);
  const options = { role: 'server' } as const;
  expect(inspect(bytes, options).frames[0]?.payload.json).toBeUndefined();
  expect([...jsonPieces(bytes, options)].join('')).toContain('[[[[');
});
