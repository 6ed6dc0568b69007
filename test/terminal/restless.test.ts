import { expect, test } from 'vitest';
import { compare } from '../../src/scenario/compare.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { comparisonReport, comparisonSummary } from '../../src/terminal/comparison.js';
import { sentence } from '../../src/terminal/wrap.js';

test('a side that does not wait is told in the one line of many, and as the verdict of one', () => {
  const scenario = SCENARIOS.get('one-client');
  if (scenario === undefined) throw new Error('bug: no such scenario');
  const side = { wire: [], trace: [] };
  const restless = { wakeUps: 24_576, processorMs: 40 };
  const spins = compare(scenario, { ...side, name: 'a' }, { ...side, name: 'php:b', restless });
  expect(comparisonSummary(spins)).toMatch(/^equal .* {2}php:b woke 24,576 times for nothing$/);
  expect(comparisonReport(spins)).toContain('Equal bytes; php:b woke 24,576 times for nothing');
  expect(comparisonReport(spins)).not.toContain('Equal.');
  const burns = compare(
    scenario,
    { ...side, name: 'a' },
    {
      ...side,
      name: 'php:b',
      restless: { wakeUps: 0, processorMs: 210 },
    },
  );
  expect(comparisonSummary(burns)).toMatch(/ {2}php:b never slept$/);
});

test('a sentence is broken where the terminal ends, and goes on further in', () => {
  expect(sentence('  one two three four', 14)).toEqual(['  one two', '    three four']);
  expect(sentence('short', 40)).toEqual(['short']);
});
