import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KEYS, STEP_NAMES } from '../../src/trace/ndjson.js';

describe.each(['docs/trace-format.md', 'docs/trace-format.zh.md'])('%s', (path) => {
  const text = readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  /** The row of each step: its name, and what stands behind it. */
  const rows = new Map(
    [...text.matchAll(/^\| `(\w+)` +\| (.*) \|$/gm)].map(([, step = '', keys = '']) => [
      step,
      keys,
    ]),
  );

  test('has a row for every step, in the order of the loop', () => {
    const steps = [...rows.keys()].filter((step) => (STEP_NAMES as string[]).includes(step));
    expect(steps).toEqual(STEP_NAMES);
  });

  test.each(STEP_NAMES)('names the keys of %s, in their order', (step) => {
    const named = [...(rows.get(step) ?? '').matchAll(/`(\w+)`/g)].map(([, key = '']) => key);
    const keys = Object.keys(KEYS[step]);
    expect(named.filter((key) => keys.includes(key)).slice(0, keys.length)).toEqual(keys);
  });
});
