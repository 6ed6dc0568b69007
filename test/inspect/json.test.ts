import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.js';
import { inspectionJson } from '../../src/inspect/json.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { almostFrames } from '../support/arbitraries.js';

test('the pieces joined are the JSON of the inspection', () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), almostFrames('client')), (bytes) => {
      const inspection = inspect(bytes);
      const whole = JSON.parse([...inspectionJson(inspection)].join(''));
      for (const { payload } of inspection.frames) if (payload.hex.length > 8_000) return;
      expect(whole).toEqual(JSON.parse(JSON.stringify(inspection)));
    }),
    { numRuns: 60 },
  );
});

test('of a long payload the bytes are not written one by one', () => {
  const bytes = encodeFrame(Opcode.binary, new Uint8Array(5_000), { maskingKey: 1 });
  const { frames } = JSON.parse([...inspectionJson(inspect(bytes))].join(''));
  const [masking] = frames[0].spans.at(-1).parts;
  expect(masking.meaning).toBe('Each of the 5000 bytes XOR its byte of the key 00000001.');
  expect(masking.parts).toBeUndefined();
});

test('JSON that is nested too deep stays text, and nothing throws', () => {
  const text = new TextEncoder().encode('['.repeat(60_000) + ']'.repeat(60_000));
  const inspection = inspect(encodeFrame(Opcode.text, text), { role: 'server' });
  expect(inspection.frames[0]?.payload.json).toBeUndefined();
  expect([...inspectionJson(inspection)].length).toBeGreaterThan(3);
});
