import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { MOST_PASSES } from '../../src/lesson/loop-count.js';
import { folderOf, lessonNames } from '../support/lessons/files.js';
import { runTypeScript } from '../support/lessons/run.js';

const PROGRAM = new URL('../support/lessons/passes-program.ts', import.meta.url);

test('no right answer comes near to the passes of a loop that has no end', {
  timeout: 120_000,
}, async () => {
  const { stdout, stderr } = await runTypeScript(
    fileURLToPath(PROGRAM),
    lessonNames().map(folderOf),
    {
      limitMs: 100_000,
    },
  );
  expect(stderr).toBe('');
  const most = new Map<string, number>(Object.entries(JSON.parse(stdout)));
  expect(most.size).toBeGreaterThan(20);
  expect(Math.max(...most.values())).toBeGreaterThan(1000); // they were counted
  for (const [answer, passes] of most) expect(passes, answer).toBeLessThan(MOST_PASSES / 100);
});
