import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import type { Inspection, Span } from '../../src/inspect/inspection.js';
import { inspectionLines } from '../../src/inspect/text.js';
import { opcodeName } from '../../src/websocket/frame.js';
import { almostFrames, framesFrom, written } from '../support/arbitraries.js';
import { someBytes, utf8 } from '../support/bytes.js';

/** Checks that spans follow on each other from start to end; parts lie within theirs. */
function expectPartition(spans: readonly Span[], start: number, end: number): void {
  let at = start;
  for (const span of spans) {
    if (span.start !== at || span.end <= at) throw new Error(`a gap or overlap at ${at}`);
    at = span.end;
    expectWithin(span);
  }
  expect(at).toBe(end);
}

function expectWithin({ parts = [], start, end, meaning }: Span): void {
  expect(meaning).not.toMatch(/undefined|NaN/);
  for (const part of parts) {
    if (part.start < start || part.end > end) throw new Error(`${part.field} is not within`);
    expectWithin(part);
  }
}

function expectWhole(inspection: Inspection, length: number): void {
  let at = 0;
  const { handshakes, frames, rest } = inspection;
  for (const piece of [...handshakes, ...frames, ...(rest === null ? [] : [rest])]) {
    expect(piece.offset).toBe(at);
    expectPartition(piece.spans, piece.offset, piece.offset + piece.length);
    at += piece.length;
  }
  expect(at).toBe(length);
}

const role = fc.constantFrom('client', 'server', 'auto');
const head = fc.constantFrom('', 'GET / HTTP/1.1\r\n', 'HTTP/1.1 101 X\r\nA: b\r\n', 'GET /\n\n');
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  almostFrames('client'),
  almostFrames('server'),
  fc
    .tuple(head, fc.constantFrom('', '\r', '\r\n', '\r\n\r\n'), fc.uint8Array({ maxLength: 40 }))
    .map(([a, b, c]) => Uint8Array.of(...utf8(a + b), ...c)),
);

describe('for any bytes', () => {
  test('spans partition the input, and nothing throws', () => {
    fc.assert(
      fc.property(anyBytes, role, fc.boolean(), (bytes, role, deflate) => {
        const inspection = inspect(bytes, { role, deflate });
        expectWhole(inspection, bytes.length);
        JSON.stringify(inspection);
      }),
      { numRuns: 300 },
    );
  });

  test('no line of the text is wider than 80 characters of ASCII, nor moves the cursor', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        for (const { text } of inspectionLines(bytes, inspect(bytes))) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
          expect(text).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
          if (/^[ -~…]*$/.test(text)) expect(text.length).toBeLessThanOrEqual(80);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('for any frames that we encode', () => {
  test.each(['client', 'server'] as const)(
    'the inspection of the %s says what was encoded',
    (from) => {
      fc.assert(
        fc.property(framesFrom(from), (frames) => {
          const inspection = inspect(written(frames), { role: from });
          expect(inspection.rest).toBeNull();
          // an encoder sends what it is told to, behind a Close too
          const codes = inspection.frames.flatMap(({ problems }) => problems.map((p) => p.code));
          expect(codes.filter((code) => !/-close$/.test(code))).toEqual([]);
          const said = inspection.frames.map(({ header, payload }) => ({
            ...header,
            hex: payload.hex,
          }));
          expect(said).toEqual(
            frames.map(({ opcode, fin, payload, maskingKey }) => ({
              fin,
              rsv1: false,
              rsv2: false,
              rsv3: false,
              opcode,
              opcodeName: opcodeName(opcode),
              masked: maskingKey !== null,
              maskingKey: maskingKey === null ? null : maskingKey.toString(16).padStart(8, '0'),
              payloadLength: payload.length,
              hex: toHex(payload),
            })),
          );
        }),
        { numRuns: 100 },
      );
    },
  );
});

describe('1 MiB', () => {
  test.each([
    ['of zeros, which are 524288 frames', new Uint8Array(1 << 20), 524_288],
    ['of bytes of all kinds', someBytes(1 << 20), null],
  ])('%s is gone through once', (_, bytes, frames) => {
    let slices = 0;
    const watched = new Proxy(bytes, {
      get(target, key) {
        if (key === 'subarray' || key === 'slice') slices++;
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const inspection = inspect(watched, { role: 'server' });
    if (frames !== null) expect(inspection.frames).toHaveLength(frames);
    expect(slices).toBeLessThanOrEqual(inspection.frames.length + 10); // at most one look at each frame
    const last = inspection.frames.at(-1);
    const end = inspection.rest ?? { offset: (last?.offset ?? 0) + (last?.length ?? 0), length: 0 };
    expect(end.offset + end.length).toBe(1 << 20);
  });
});
