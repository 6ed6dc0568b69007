import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { joinBytes, toUtf8 } from '../../src/bytes.js';
import { InspectionStream } from '../../src/inspect/inspection-stream.js';
import { StreamLines } from '../../src/inspect/json-lines.js';
import { lineSchema } from '../../src/inspect/schema.js';
import { encodeFrame, Opcode, type Role } from '../../src/websocket/frame.js';
import { almostFrames } from '../support/arbitraries.js';
import { hex, someBytes } from '../support/bytes.js';

/** The lines that are told of some bytes. */
function linesOf(bytes: Uint8Array, role: Role = 'client'): string[] {
  const stream = new InspectionStream({ role });
  const lines = new StreamLines(0);
  return [...stream.push(bytes), ...stream.end()].map((told) => lines.told(told));
}

/** Letters of a line that a frame has, whatever its payload; and those for each byte of it. */
const FRAME = 2_000;
const BYTE = 14;

describe('the length of what is told', () => {
  test.each([
    ['random bytes, masked', encodeFrame(Opcode.binary, someBytes(60_000), { maskingKey: 7 })],
    [
      'text of controls, each six letters in JSON',
      encodeFrame(Opcode.text, new Uint8Array(60_000)),
    ],
    ['JSON', encodeFrame(Opcode.text, toUtf8(JSON.stringify(Array(9_000).fill('a\u0001'))))],
    [
      'pieces of a text',
      joinBytes([
        encodeFrame(Opcode.text, new Uint8Array(30_000), { fin: false }),
        encodeFrame(Opcode.continuation, new Uint8Array(30_000)),
      ]),
    ],
  ])('is in proportion to that of %s', (_, bytes) => {
    const role = bytes[1] !== undefined && bytes[1] >= 0x80 ? 'client' : 'server';
    const lines = linesOf(bytes, role);
    const length = lines.reduce((sum, line) => sum + line.length, 0);
    expect(length).toBeLessThan(BYTE * bytes.length + FRAME * lines.length);
  });

  test('is so of any bytes, and each line has its form', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), almostFrames('client')), (bytes) => {
        for (const line of linesOf(bytes)) {
          v.parse(lineSchema, JSON.parse(line));
          expect(line.length).toBeLessThan(BYTE * bytes.length + FRAME);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test('a program has all that it needs to make the payload again, and where each field stands', () => {
  const [line = ''] = linesOf(hex('818537fa213d7f9f4d5158'));
  const { header, payload, spans } = JSON.parse(line);
  expect(header).toMatchObject({ masked: true, maskingKey: '37fa213d', payloadLength: 5 });
  expect(payload).toEqual({ hex: '48656c6c6f', text: 'Hello' });
  const places = spans.map(({ field, start, end }: Record<string, unknown>) => [field, start, end]);
  expect(places).toEqual([
    ['fin-rsv-opcode', 0, 1],
    ['mask-length', 1, 2],
    ['masking-key', 2, 6],
    ['payload', 6, 11],
  ]);
  expect(line).not.toContain('masked-byte');
});
