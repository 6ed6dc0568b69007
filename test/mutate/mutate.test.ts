import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { applied } from './apply.js';
import { MUTATIONS } from './mutations.js';

const folder = new URL('../../src/', import.meta.url);

describe('the list of deliberate breaks', () => {
  test('has two hundred at least, and no two alike', () => {
    expect(MUTATIONS.length).toBeGreaterThanOrEqual(200);
    const keys = MUTATIONS.map(({ file, find, replace }) => `${file} ${find} ${replace}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each(MUTATIONS)('$file: $why', (mutation) => {
    const source = readFileSync(new URL(`${mutation.file}.ts`, folder), 'utf8');
    expect(applied(mutation, source)).not.toBe(source);
  });
});

describe('a break', () => {
  const mutation = { file: 'websocket/frame', find: 'a < b', replace: 'a <= b', why: 'off by one' };

  test('replaces its text', () => {
    expect(applied(mutation, 'if (a < b) c();')).toBe('if (a <= b) c();');
    const dollars = { ...mutation, replace: "$& $' $1" };
    expect(applied(dollars, 'if (a < b) c();')).toBe("if ($& $' $1) c();");
  });

  test.each([
    ['a > b', 'is not in'],
    ['a < b, a < b', 'is more than once in'],
  ])('is an error where its text %j', (source, what) => {
    expect(() => applied(mutation, source)).toThrow(`"a < b" ${what} src/websocket/frame.ts`);
  });
});
