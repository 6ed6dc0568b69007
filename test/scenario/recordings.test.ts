import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compare } from '../../src/scenario/compare.js';
import { checkScenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import type { Recording } from '../../src/scenario/wire.js';
import { playLocally } from '../support/play.js';

const FOLDER = new URL('../recordings/original/', import.meta.url);

function read(file: string): Recording {
  return JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
}

const files = readdirSync(FOLDER);

describe('the mirror sends what the unmodified original sent under PHP 7.4, byte for byte', () => {
  test('in 21 recordings', () => {
    expect(files).toHaveLength(21);
  });

  test.each(files)('%s', async (file) => {
    const { scenario, wire } = read(file);
    const mirror = await playLocally(checkScenario(scenario), 'original');
    const recorded = { name: 'recording', wire, trace: null };
    const result = compare(scenario, mirror, recorded);
    expect(result.wire).toEqual([]);
    expect(result.bytes).toBeGreaterThan(300);
  });

  test('a recording with one byte changed is noticed', async () => {
    const { scenario, wire } = read('b1-two-clients.json');
    const changed = wire.map((event, i) =>
      i === 3 && 'hex' in event ? { ...event, hex: event.hex.replace(/..$/, '00') } : event,
    );
    const mirror = await playLocally(scenario, 'original');
    const result = compare(scenario, mirror, { name: 'changed', wire: changed, trace: null });
    expect(result.equal).toBe(false);
    expect(result.wire[0]).toMatchObject({ field: 'payload', right: '00', form: null });
  });
});

test('every scenario that ships has a recording of the twin, and there is no other', () => {
  const there = readdirSync(new URL('../recordings/twin/', import.meta.url));
  expect(there.sort()).toEqual([...SCENARIOS.keys()].map((name) => `${name}.json`).sort());
});
