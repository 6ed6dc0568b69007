/** A student's function is found in the file by its name, and its beginning compared with what is handed out. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { otherSignature } from '../../src/lesson/signature.js';
import { functionIn } from '../../src/trace/own-lines.js';

const LESSONS = fileURLToPath(new URL('../../lessons/', import.meta.url));

const SOURCE = `/** Doubles. */
export function double(
  n: number,
): number {
  // not }
  const text = '}';
  return n * 2;
}

export const half = (n: number): number => n / 2;
export async function* none() {
  if (true) {
`;

describe('the lines of a function', () => {
  test.each([
    ['double', 2, 7],
    ['half', 10, 1],
    ['none', 11, 3],
  ])('%s begins in line %i and has %i', (name, line, length) => {
    const found = functionIn(SOURCE, name);
    expect(found?.line).toBe(line);
    expect(found?.text).toHaveLength(length);
  });

  test.each(['dou', 'n', '', '.*', '__proto__'])('"%s" is none', (name) => {
    expect(functionIn(SOURCE, name)).toBeNull();
  });
});

describe('how a function begins', () => {
  const names = readdirSync(LESSONS).filter((name) => name !== '23-two-loops');
  const textOf = (name: string, file: string): string =>
    readFileSync(`${LESSONS}${name}/${file}`, 'utf8');

  test.each(names)('the solution of %s begins as it was handed out', (name) => {
    if (!readdirSync(`${LESSONS}${name}`).includes('solution.ts')) return;
    expect(otherSignature(textOf(name, 'solution.ts'), textOf(name, 'exercise.ts'))).toBeNull();
  });

  test('of an older kit it differs', () => {
    const older =
      'export async function acceptKey(key: string): Promise<string> {\n  return key;\n}';
    expect(otherSignature(older, textOf('09-accept-key', 'exercise.ts'))).toEqual({
      yours: 'export async function acceptKey(key: string): Promise<string>',
      handedOut: 'export function acceptKey(key: string): string',
    });
  });

  test.each([
    'export function acceptKey(theKey: string): string {\n}',
    'export function acceptKey(\n  key: string,\n): string {\n}',
    'export const acceptKey = (key: string) => key;',
    '',
  ])('names and lines are the student’s own: %j', (source) => {
    expect(otherSignature(source, textOf('09-accept-key', 'exercise.ts'))).toBeNull();
  });
});
