/** The tests of what is tested of a whole text, whose numbers and demo are programs. */

import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MadeUpLessons } from '../support/lessons/made-up.js';
import { checkMarkdown, unusedNumbers } from '../support/lessons/prose.js';
import { runNode } from '../support/lessons/run.js';

const lessons = new MadeUpLessons();
afterAll(() => lessons.remove());

test('a program that does not end is ended, with all that it has started', async () => {
  const wait = 'setInterval(() => {}, 1e6);';
  const start = `import { spawn } from 'node:child_process';
    spawn(process.execPath, ['-e', '${wait}'], { stdio: 'inherit' }); ${wait}`;
  // what it has started would hold its output open, and this would wait for ever
  const { code } = await runNode(['--input-type=module', '-e', start], { limitMs: 1000 });
  expect(code).toBeNull();
});

describe('a whole text', { timeout: 120_000 }, () => {
  const run = async () => ({ stdout: '', stderr: '', code: 0 });

  test('is right in the made-up lesson', async () => {
    const path = join(lessons.copy(), 'lesson.md');
    const { problems, stale } = await checkMarkdown(path, run);
    expect({ problems, stale }).toEqual({ problems: [], stale: [] });
    expect(await unusedNumbers(path)).toEqual([]);
  });

  test('is broken by everything that it says wrongly', async () => {
    const folder = lessons.copy({
      'lesson.md': (text) =>
        text
          .replace('6<!--= six', '7<!--= six')
          .replace('large -->.', 'larger -->.')
          .replace('return value * 2', 'return 2 * value')
          .replace('twice 2 is 4', 'twice 2 is 5')
          .replace('(demo.ts)', '(demos.ts)')
          .replace('not run:', 'not runs:')
          .concat(
            '\n<!-- exits 1 -->\n\nNo code.\n\n<!-- excerpt: src/none.ts#a -->\n\n```ts\n```\n',
          )
          .concat('\n<!-- excerpt: src/net/net.ts#none -->\n\n```ts\n```\n'),
    });
    const { text, problems, stale } = await checkMarkdown(join(folder, 'lesson.md'), run);
    expect(stale.map((one) => one.replace(/^line \d+: /, ''))).toEqual([
      '7 is now 6 (six)',
      'excerpt: test/support/lessons/made-up/07-doubling/solution.ts#double has changed',
      'output: demo 1-2 has changed',
    ]);
    expect(problems.map((one) => one.replace(/^line \d+: /, ''))).toEqual([
      'numbers.ts has no larger',
      'src/net/net.ts has 0 regions none',
      'there is no src/none.ts',
      "no mark that means anything: not runs: this lesson is none of the kit's",
      'there is no code block under: exits 1',
      'demos.ts: does not exist',
    ]);
    expect(text).toContain('is 6<!--= six -->');
    expect(text).toContain('return value * 2;');
    expect(text).toContain('twice 2 is 4');
    expect(await unusedNumbers(join(folder, 'lesson.md'))).toEqual(['large']);
  });

  test('is broken by numbers that cannot be loaded', async () => {
    const path = join(lessons.copy({ 'numbers.ts': 'export default {\n' }), 'lesson.md');
    const { problems } = await checkMarkdown(path, run);
    expect(problems[0]).toMatch(/^line \d+: numbers\.ts cannot be loaded: .*$/);
  });

  test('is broken by numbers that cannot be computed', async () => {
    const folder = lessons.copy({
      'numbers.ts': 'export default { six: () => NaN, large: () => 1 };\n',
    });
    const { problems } = await checkMarkdown(join(folder, 'lesson.md'), run);
    expect(problems[0]).toMatch(/: numbers.ts: six is NaN/);
  });
});
