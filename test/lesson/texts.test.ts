import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fill, speak, textKeys, textOf } from '../../src/lesson/texts.js';

const SRC = new URL('../../src/', import.meta.url);
const own = ['lesson', 'class', 'cli', 'serve', 'terminal'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, SRC), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(`${folder}/${file}`, SRC), 'utf8')),
);

describe('texts by key', () => {
  test('a name is replaced by its value, and stays where there is none', () => {
    expect(fill('{a} and {b}, {a}', { a: 1 })).toBe('1 and {b}, 1');
    expect(fill('{n} bytes', { n: 65_536 })).toBe('65,536 bytes');
    expect(fill('{toString}', {})).toBe('{toString}');
  });

  test('a value is put in as it is', () => {
    expect(fill('{a}', { a: '$& {a}' })).toBe('$& {a}');
  });

  test('a lesson without the text is a bug', () => {
    expect(() => textOf({}, 'hint.1')).toThrow('bug: the lesson\'s messages have no "hint.1"');
  });

  test('every text of the runner is used', () => {
    const sources = own.filter((text) => !text.includes('const ENGLISH')).join('\n');
    const unused = textKeys().filter((key) => {
      const [group = ''] = key.split('.');
      const isBuilt =
        ['trouble', 'next', 'field'].includes(group) || /^lesson\.only\.|\.mean$/.test(key);
      return !isBuilt && !sources.includes(`'${key}'`);
    });
    expect(unused).toEqual([]);
  });

  test('every trouble has a text, and one that says what to do next', () => {
    const keys = textKeys();
    const kinds = keys.filter((key) => key.startsWith('next.')).map((key) => key.slice(5));
    const source = readFileSync(new URL('lesson/trouble-kind.ts', SRC), 'utf8');
    const all = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, kind]) => kind);
    expect(kinds.toSorted()).toEqual(all.toSorted());
    for (const kind of all) expect(keys).toContain(`trouble.${kind}`);
  });

  test('every field that a parser names has words', () => {
    const fields = textKeys().filter((key) => key.startsWith('field.'));
    const source = readFileSync(new URL('websocket/parser.ts', SRC), 'utf8');
    const [, names = ''] = /export type FieldName =([^;]*);/.exec(source) ?? [];
    const all = [...names.matchAll(/'([\w-]+)'/g)].map(([, name]) => `field.${name}`);
    expect(all.length).toBeGreaterThan(5);
    expect(fields.toSorted()).toEqual([...all, 'field.other'].toSorted());
  });

  test('a text is said in English unless asked otherwise', () => {
    expect(speak()('report.before', { n: 12 })).toBe(speak('en')('report.before', { n: 12 }));
    expect(speak()('report.before', { n: 12 })).toBe('… 12 steps before');
  });
});
