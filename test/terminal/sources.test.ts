import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MARKED_STEPS, phpSourceOf, regionsIn, sourceOf } from '../../src/terminal/sources.js';
import type { StepName } from '../../src/trace/event.js';
import { STEP_NAMES } from '../../src/trace/ndjson.js';
import { PHP_FILE, SOURCE_FILES } from '../../src/trace/regions.js';
import { ROOT } from '../support/lessons/run.js';

const PROFILES = ['rfc6455', 'original'] as const;

describe('the source lines of a step', () => {
  test.each(MARKED_STEPS)('%s is marked in both servers and in PHP', (step) => {
    for (const profile of PROFILES) {
      expect(sourceOf(step, profile)?.text.join('\n')).toMatch(/\w/);
    }
    expect(phpSourceOf(step)?.text.join('\n')).toMatch(/\w/);
  });

  test.each(MARKED_STEPS)('the lines of %s tell that step', (step) => {
    const yields = step === 'parse' ? /yield parseStep|step: 'parse'/ : `step: '${step}'`;
    for (const profile of PROFILES) {
      expect(sourceOf(step, profile)?.text.join('\n')).toMatch(yields);
    }
    // accept and select tell it in what they call, or there
    const php = phpSourceOf(step)?.text.join('\n');
    expect(php).toMatch(step === 'accept' ? '$this->connect($client)' : `step('${step}'`);
  });

  test.each([...SOURCE_FILES.rfc6455, ...SOURCE_FILES.original, PHP_FILE])(
    'every region of %s is named after a step, or made for a lesson',
    (file) => {
      const regions = regionsIn(file).map(({ step }) => step);
      const names = regions.filter((name) => !name.startsWith('lesson-'));
      expect(names.length).toBeGreaterThan(0);
      expect(names.filter((name) => !(STEP_NAMES as string[]).includes(name))).toEqual([]);
    },
  );

  test.each(PROFILES)('no step is marked twice in the files of %s', (profile) => {
    const names = SOURCE_FILES[profile].flatMap((file) => regionsIn(file).map(({ step }) => step));
    expect(names).toEqual([...new Set(names)]);
  });

  test.each(PROFILES)('a step that the files of %s tell is marked there', (profile) => {
    const told = SOURCE_FILES[profile].flatMap((file) => {
      const source = readFileSync(join(ROOT, file), 'utf8');
      return [...source.matchAll(/yield \{\s*step: '(\w+)'/g)].map(([, step]) => step as StepName);
    });
    expect(told.length).toBeGreaterThan(5);
    expect([...new Set(told)].filter((step) => sourceOf(step, profile) === null)).toEqual([]);
  });

  test('what a client or the network does has none', () => {
    expect(sourceOf('act', 'rfc6455')).toBeNull();
    expect(phpSourceOf('arrive')).toBeNull();
  });

  test('PHP blocks in its send', () => {
    expect(phpSourceOf('block')).toEqual(phpSourceOf('send'));
    expect(sourceOf('block', 'original')).not.toBeNull();
  });
});
