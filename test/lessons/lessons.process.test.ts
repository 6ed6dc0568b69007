/**
 * Every lesson, whole: its shape, its demo, its check, its text. One lesson alone:
 * `npx vitest run test/lessons -t 11-lengths`. With `-u`, the numbers, excerpts and outputs of the
 * texts are written anew.
 */

import { basename, join } from 'node:path';
import { describe, test } from 'vitest';
import { answerProblems, shownCommandProblems, tryAnswers } from '../support/lessons/answers.js';
import { demoProblems } from '../support/lessons/demo.js';
import { fileIn, folderOf, lessonNames, othersOf } from '../support/lessons/files.js';
import { messageProblems } from '../support/lessons/messages.js';
import { checkMarkdown, unusedNumbers } from '../support/lessons/prose.js';
import { shapeProblems } from '../support/lessons/shape.js';

describe.concurrent.each(lessonNames())('lesson %s', { timeout: 120_000 }, (name) => {
  const folder = folderOf(name);

  test('has the shape of a lesson', ({ expect }) => {
    expect(shapeProblems(folder)).toEqual([]);
  });

  test('has a text for every key of its check, and no other', ({ expect }) => {
    expect(messageProblems(folder)).toEqual([]);
  });

  test.for(filesOf(folder, 'demo.ts'))(
    'has a %s that plays the same each time, on the networks it names',
    async (demo, { expect }) => {
      expect(await demoProblems(folder, demo)).toEqual([]);
    },
  );

  test('has a check that tells right from wrong, and says which wrong', async ({ expect }) => {
    const outcomes = await tryAnswers(folder);
    expect.soft(answerProblems(folder, outcomes)).toEqual([]);
    expect(await shownCommandProblems(outcomes)).toEqual([]);
  });

  test.for(filesOf(folder, 'lesson.md'))(
    'has a %s that says what is so',
    async (name, { expect }) => {
      const path = join(folder, name);
      const { text, problems, stale } = await checkMarkdown(path);
      expect.soft(problems).toEqual([]);
      await expect.soft(text, stale.join('\n')).toMatchFileSnapshot(path);
      expect(await unusedNumbers(path), 'computed, and not in the text').toEqual([]);
    },
  );
});

/** A file of a lesson, and those beside it in other languages. */
function filesOf(folder: string, name: string): string[] {
  const path = join(folder, name);
  return [name, ...othersOf(path).map((language) => basename(fileIn(path, language)))];
}
