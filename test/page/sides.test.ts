import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/bytes.js';
import { LOOPBACK, recordedSide } from '../../src/page/compare/recordings.js';
import {
  bytesOf,
  compareSides,
  firstDifferingByte,
  nextDifference,
  readSide,
} from '../../src/page/compare/sides.js';
import { firstParting, partingOf } from '../../src/scenario/parting.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { TraceRow } from '../../src/trace/diff.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { readRecordings } from '../../tools/page-recordings.js';

function shipped(name: string): Scenario {
  const scenario = SCENARIOS.get(name);
  if (scenario === undefined) throw new Error(`bug: no ${name}`);
  return scenario;
}

async function side(name: string, profile: 'rfc6455' | 'original') {
  const { events, wire } = await simulate(shipped(name), { profile, ...LOOPBACK });
  return { trace: events, wire };
}

describe('two sides', () => {
  test('that are the same server differ nowhere', async () => {
    const one = await side('two-clients', 'original');
    const { differences, wire } = compareSides(shipped('two-clients'), one, one);
    expect(differences).toEqual([]);
    expect(wire).toEqual([]);
  });

  test('part at the Close frame, behind what differs in the backlog, in steps and in form', async () => {
    const [left, right] = [
      await side('two-clients', 'original'),
      await side('two-clients', 'rfc6455'),
    ];
    const compared = compareSides(shipped('two-clients'), left, right);
    const kinds = compared.differences.map((at) => {
      const { kind, defect } = partingOf(compared.rows[at] as TraceRow) ?? {};
      return [compared.rows[at]?.right?.step, kind, defect];
    });
    expect(kinds.slice(0, 2)).toEqual([
      ['listen', 'backlog', 'D28'],
      ['broadcast', 'greeting', null],
    ]);
    expect(kinds).toContainEqual(['deal', 'form', 'D33']);
    expect(kinds.find(([, kind]) => kind === 'part')).toEqual(['parse', 'part', null]);
    const first = compared.rows[firstParting(compared.rows)];
    expect(first).toMatchObject({ left: null, right: { step: 'parse', opcode: 8 } });
  });

  test('without the wire of one are compared in their steps', async () => {
    const [left, right] = [
      await side('eight-bytes', 'original'),
      await side('eight-bytes', 'rfc6455'),
    ];
    const { wire, differences } = compareSides(
      shipped('eight-bytes'),
      { ...left, wire: null },
      right,
    );
    expect(wire).toBeNull();
    expect(differences.length).toBeGreaterThan(0);
  });

  test('the mirror is PHP, wherever a recording is in the page', async () => {
    const recordings = Object.entries(readRecordings());
    expect(recordings.length).toBeGreaterThan(20);
    for (const [name, recording] of recordings) {
      const mirror = await side(name, 'original');
      const { differences, wire } = compareSides(shipped(name), recordedSide(recording), mirror);
      expect([name, differences, wire]).toEqual([name, [], []]);
    }
  });
});

test('next and previous go from difference to difference, and stay where there is no other', () => {
  const differences = [3, 8, 9];
  expect(nextDifference(differences, -1, 1)).toBe(3);
  expect(nextDifference(differences, 3, 1)).toBe(8);
  expect(nextDifference(differences, 9, 1)).toBe(9);
  expect(nextDifference(differences, 5, -1)).toBe(3);
  expect(nextDifference(differences, 3, -1)).toBe(3);
  expect(nextDifference([], 4, 1)).toBe(4);
});

test('the first byte that differs is found, also behind the end of one', () => {
  const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0);
  expect(firstDifferingByte(bytes('8103'), bytes('8104'))).toBe(1);
  expect(firstDifferingByte(bytes('81'), bytes('8104'))).toBe(1);
  expect(firstDifferingByte(bytes('8104'), bytes('8104'))).toBe(-1);
});

describe('a file', () => {
  test('that is a trace is read, as far as it can be', async () => {
    const { trace } = await side('one-client', 'rfc6455');
    const text = trace.map(formatEvent).join('\n');
    expect(readSide(text)).toMatchObject({ scenario: null, wire: null, problem: null });
    expect(readSide(text).trace).toEqual(trace);
    const cut = readSide(`${text}\nnonsense`);
    expect(cut.trace.length).toBe(trace.length);
    expect(cut.problem).toMatch(/^trace line \d+: not JSON/);
  });

  test('that is a recording is read with its scenario', async () => {
    const { trace, wire } = await side('one-client', 'original');
    const text = JSON.stringify({
      scenario: shipped('one-client'),
      wire,
      trace: trace.map((event) => JSON.parse(formatEvent(event))),
    });
    expect(readSide(text)).toMatchObject({ wire, problem: null, scenario: { name: 'one-client' } });
  });

  test.for([
    ['', /no step/],
    ['hello', /^trace line 1: not JSON/],
    ['{"wire":[]}', /without "trace"/],
    ['{"wire":[{"step":1}],"trace":[],"scenario":{}}', /^name: the key is missing/],
  ] as const)('that is neither is refused in one line: %s', ([text, line], { expect }) => {
    expect(() => readSide(text)).toThrow(line);
  });
});

test('the bytes of a step are those that moved; of a deal, its answer', async () => {
  const { trace } = await side('one-client', 'rfc6455');
  const deal = trace.find(({ step }) => step === 'deal') ?? null;
  expect(new TextDecoder().decode(bytesOf(deal) ?? undefined)).toMatch(/^{"type":"login"/);
  expect(bytesOf(trace.find(({ step }) => step === 'select') ?? null)).toBeNull();
  expect(bytesOf(null)).toBeNull();
});
