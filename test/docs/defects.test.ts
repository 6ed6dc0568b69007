import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromHex, fromUtf8Lossy, joinBytes, toHex } from '../../src/bytes.js';
import { DEFECTS, defectsMarkdown, HARMLESS } from '../../src/chat/defects.js';
import { SCENARIO_MASKING_KEY } from '../../src/scenario/play.js';
import type { Action, Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { lessonNames } from '../support/lessons/files.js';
import { playLocally } from '../support/play.js';

const root = new URL('../../', import.meta.url);
const NUMBERS = DEFECTS.map(({ number }) => number);
const lessons = new Set(lessonNames().map((name) => Number(name.slice(0, 2))));

/** Every number in a text, once. */
function numbersIn(text: string): string[] {
  return [...new Set(text.match(/\bD\d\d\b/g) ?? [])].sort();
}

/** Sources, guides and lessons: text by path. What typedoc writes is not among them. */
function texts(): Map<string, string> {
  const paths = ['src', 'docs', 'lessons', 'examples'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.(ts|tsx|md|php|html)$/.test(path) && !path.startsWith('docs/api/')),
  );
  return new Map(paths.map((path) => [path, readFileSync(new URL(path, root), 'utf8')]));
}

describe('the table of defects', () => {
  test('numbers them from D01 without a gap', () => {
    expect(NUMBERS).toEqual(NUMBERS.map((_, i) => `D${String(i + 1).padStart(2, '0')}`));
  });

  test('has every number that stands in sources, guides and lessons', () => {
    const unknown = [...texts()].flatMap(([path, text]) =>
      numbersIn(text)
        .filter((number) => !NUMBERS.includes(number))
        .map((number) => `${path}: ${number}`),
    );
    expect(unknown).toEqual([]);
  });

  test('has no number that does not stand at a line of the mirror', () => {
    expect(numbersIn(texts().get('src/chat/original.ts') ?? '')).toEqual(NUMBERS);
  });

  test('is what docs/defects.md says, and docs/defects.zh.md', async () => {
    await expect(defectsMarkdown()).toMatchFileSnapshot('../../docs/defects.md');
    await expect(defectsMarkdown('zh')).toMatchFileSnapshot('../../docs/defects.zh.md');
  });

  test('names the two differences of form among the harmless ones', () => {
    const harmless = DEFECTS.filter((defect) => defect.harmless).map(({ number }) => number);
    expect(harmless).toEqual(expect.arrayContaining(Object.values(HARMLESS)));
  });

  test.each(DEFECTS)('$number: $title', ({ title, sees, bytes, section, lesson }) => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(sees).toMatch(/\.$/);
    expect(bytes).not.toBe('');
    expect(section).toMatch(/^(RFC \d+ [\d.]+(, (RFC \d+ )?[\d.]+)*)?$/);
    if (lesson !== null) expect(lesson).toSatisfy((n) => lessons.has(n));
  });
});

describe('the scenario of a defect', () => {
  test.each(DEFECTS.filter(({ scenario }) => scenario !== null))('$number: $scenario', (defect) => {
    expect(SCENARIOS.get(defect.scenario ?? '')?.defects).toContain(defect.number);
  });

  test.each(DEFECTS.filter(({ scenario }) => scenario === null))('$number: none', (defect) => {
    expect(defect.noScenario).toBeTypeOf('string');
    expect(defect.bytes).toMatch(/^none: /);
  });

  const withExamples = DEFECTS.filter(({ bytes }) => bytes.includes('`'));
  test.each(withExamples)('plays the bytes that the table shows: $number', async (defect) => {
    const showing = [...SCENARIOS.values()].filter((one) => one.defects?.includes(defect.number));
    const said = (await Promise.all(showing.map(everythingSaid))).join('\n');
    for (const [, example = ''] of defect.bytes.matchAll(/`([^`]+)`/g)) {
      expect(said.includes(example), example).toBe(true);
    }
  });
});

const played = new Map<string, Promise<string>>();

/** What clients and mirror say in a scenario: as hex, and as text. */
function everythingSaid(scenario: Scenario): Promise<string> {
  const before = played.get(scenario.name);
  if (before !== undefined) return before;
  const said = playLocally(scenario, 'original').then(({ wire, trace }) => {
    const gotBy = new Map<string, string>();
    for (const event of wire) {
      if ('end' in event) continue;
      gotBy.set(event.client, (gotBy.get(event.client) ?? '') + event.hex);
    }
    const got = [...gotBy.values()].map((hex) => fromHex(hex) ?? new Uint8Array());
    const all = [...got, ...scenario.steps.flat().flatMap(bytesOf)];
    const texts = scenario.steps.flat().flatMap((action) => ('text' in action ? action.text : []));
    const keys = (trace ?? []).flatMap((event) => ('key' in event ? event.key : []));
    const asText = all.map((bytes) => fromUtf8Lossy(bytes));
    return [...all.map(toHex), ...asText, ...texts, ...keys].join('\n');
  });
  played.set(scenario.name, said);
  return said;
}

function bytesOf(action: Action): Uint8Array[] {
  switch (action.do) {
    case 'send':
      return [fromHex(action.hex) ?? new Uint8Array()];
    case 'pieces':
      return [joinBytes(action.pieces.map((piece) => fromHex(piece) ?? new Uint8Array()))];
    case 'text': {
      const payload = utf8(action.text);
      return [encodeFrame(Opcode.text, payload, { maskingKey: SCENARIO_MASKING_KEY })];
    }
    default:
      return [];
  }
}
