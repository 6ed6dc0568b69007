import { describe, expect, test } from 'vitest';
import { PARAMETERS } from '../../src/lesson/classic.js';
import { classicCodeOf } from '../../src/lesson/student-code.js';

const MODULES: Readonly<Record<string, Record<string, unknown>>> = {
  a: { one: 1, two: 2, default: 'a' },
  b: { three: 3 },
};

/** Runs a source as the worker of a page does. @returns what it exports */
async function run(source: string): Promise<Record<string, unknown>> {
  const { head, code } = classicCodeOf(source, 'exercise.ts');
  const exported: Record<string, unknown> = {};
  const body = `return (async (${PARAMETERS}) => {"use strict";${head}${code}\n});`;
  const guards = 'const __loopBegins = () => 0, __loopPasses = () => {};';
  const made = new Function(`${guards}${body}`)();
  await made(
    (name: string) => MODULES[name],
    (name: string | null, get: () => object) => {
      if (name === null) Object.assign(exported, get());
      else Object.defineProperty(exported, name, { get, enumerable: true });
    },
    async (name: string) => MODULES[name],
  );
  return { ...exported };
}

describe('a module as a classic script', () => {
  test.each([
    ['a function, before it is reached', 'export function f(): number { return 1; }', 'f'],
    ['values of a pattern', 'export const { f, ...g } = { f: 1, h: 2 };', 'f g'],
    ['a list', 'const f = 1, g = 2; export { f, g as h };', 'f h'],
    ['a default function without a name', 'export default function () {}', 'default'],
    ['a default function with one', 'export default async function f() {}', 'default'],
    ['a default value', 'export default { a: 1 } as object;', 'default'],
    ['of another module', "export { one, two as f } from 'a';", 'one f'],
    ['all of another module', "export * from 'b';", 'three'],
    ['a class', 'export class F<T> { a: T | null = null; }', 'F'],
  ])('exports %s', async (_, source, names) => {
    expect(Object.keys(await run(source)).sort()).toEqual(names.split(' ').sort());
  });

  test.each([
    ['names', "import { one, two as f } from 'a'; export const sum = one + f;", 3],
    ['the default and all', "import d, * as all from 'a'; export const sum = d + all.one;", 'a1'],
    [
      'what stands below',
      "export const sum = f();\nfunction f() { return one; }\nimport { one } from 'a';",
      1,
    ],
    ['later', "export const sum = (await import('b')).three;", 3],
    [
      'no types',
      "import { type T, one } from 'a'; import type { U } from 'c'; export const sum: T | U = one;",
      1,
    ],
  ])('imports %s', async (_, source, sum) => {
    expect((await run(source)).sum).toBe(sum);
  });

  test('keeps its lines and columns, and says what it imports', () => {
    const source = `import {
  one,
  two,
} from 'a';
export default  1;
export const a = one + two; throw a;
`;
    const { code, imports } = classicCodeOf(source, 'exercise.ts');
    const lines = code.split('\n');
    expect(lines).toHaveLength(source.split('\n').length);
    expect(lines[4]).toMatch(/^var __default= {2}1;$/);
    expect(lines[5]?.indexOf('throw a')).toBe(source.split('\n')[5]?.indexOf('throw a'));
    expect(imports).toEqual([
      {
        from: 'a',
        line: 1,
        names: [
          { name: 'one', line: 2 },
          { name: 'two', line: 3 },
        ],
      },
    ]);
  });
});
