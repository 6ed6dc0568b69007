/**
 * The examples in the docstrings of src run, and print what stands behind `//` in their lines.
 */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DEMO_START } from '../../src/lesson/student-modules.js';
import { linesOf, runNode } from '../support/lessons/run.js';

const SRC = new URL('../../src/', import.meta.url);

/** The examples of a source: what stands between ```ts and ``` in its comments. */
function examplesIn(source: string): string[] {
  const blocks = source.matchAll(/^ *\* ```ts\n([\s\S]*?)^ *\* ```$/gm);
  return [...blocks].map(([, block = '']) => block.replace(/^ *\* ?/gm, ''));
}

const examples = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .sort()
  .flatMap((path) => {
    const found = examplesIn(readFileSync(new URL(path.replaceAll('\\', '/'), SRC), 'utf8'));
    return found.map((example, i) => [`${path}, example ${i + 1}`, example] as const);
  });

describe('the docstrings', { timeout: 60_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-docstrings-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('have examples', () => {
    expect(examples.map(([name]) => name).join()).toContain('rig.ts');
  });

  test.each(examples)('%s prints what it says', async (name, example) => {
    const path = join(folder, `${name.replace(/\W+/g, '-')}.ts`);
    writeFileSync(path, example);
    const { stdout, stderr } = await runNode([...DEMO_START, path], { cwd: folder });
    const said = example
      .split('\n')
      .flatMap((line) => /console\.log.*; \/\/ (.*)$/.exec(line)?.[1] ?? []);
    expect({ stderr, lines: linesOf(stdout) }).toEqual({ stderr: '', lines: said });
  });
});
