import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { columnOf, javaScriptOf, SourceError } from '../../src/lesson/student-code.js';

const MAKING = { types: true, guard: 'exercise.ts' };

/** The error of a source that cannot be read. */
function errorOf(source: string): SourceError {
  try {
    javaScriptOf(source, MAKING);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('the JavaScript of a student’s source', () => {
  test('has no types, and the same lines', () => {
    const source = 'interface A {\n  a: number;\n}\nexport const a = (b: A): number => b.a!;\n';
    expect(javaScriptOf(source, { types: true, guard: null })).toBe(
      '\n\n\nexport const a = (b) => b.a;\n',
    );
  });

  test('leaves JavaScript as it is', () => {
    const source = 'export const a = b<c>(d);\n';
    expect(javaScriptOf(source, { types: false, guard: null })).toBe(source);
  });

  const lessons = readdirSync('lessons', { recursive: true, encoding: 'utf8' });
  test.each(lessons.filter((path) => path.endsWith('.ts')))('of %s is read', (path) => {
    const source = readFileSync(`lessons/${path}`, 'utf8');
    const code = javaScriptOf(source, { types: true, guard: basename(path) });
    expect(code.split('\n')).toHaveLength(source.split('\n').length);
  });

  test.each([
    ['a bracket that is not closed', 'const a = (\n  2 * 3;\n', 2, 8],
    ['a text that is not closed', 'const a: string = "b;\n', 1, 19],
    ['a name that is there twice', 'let a: number = 1;\nlet b: number, a = 2;\n', 2, 16],
    ['a return outside of a function', 'const a = 1;\n  return a;\n', 2, 3],
    ['await in a plain function', 'function f(a: number) { await a; }\n', 1, 25],
  ])('says where: %s', (_, source, line, column) => {
    expect(errorOf(source)).toMatchObject({ line, column });
    expect(errorOf(source).message).not.toMatch(/\d:\d|source/);
  });

  test('has a way back to the column, behind types and guards', () => {
    const source =
      'let a: any;\nfor (const b of [1] as number[]) for (;;) a.b.c(b as number, d);\n';
    const code = javaScriptOf(source, MAKING).split('\n')[1] ?? '';
    for (const name of ['b of', '[1]', 'a.b', 'b.c', 'd);']) {
      const column = columnOf(source, MAKING, 2, code.indexOf(name) + 1);
      expect((source.split('\n')[1] ?? '').slice(column - 1)).toMatch(name.slice(0, 1));
    }
    expect(columnOf(source, MAKING, 2, code.indexOf('d);') + 1)).toBe(62);
  });
});
