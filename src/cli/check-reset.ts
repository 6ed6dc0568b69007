/**
 * `loopscope check --reset`: brings an exercise back as it was handed out, and keeps the student's.
 * @module
 */

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Lesson } from '../lesson/lesson.js';
import type { Say } from '../lesson/texts.js';
import { Failure } from '../terminal/failure.js';
import { writeText } from '../terminal/print.js';
import {
  ask,
  canAsk,
  columns,
  printParagraph,
  type Student,
  shownPath,
} from '../terminal/student.js';
import { wrap } from '../terminal/wrap.js';

/** Brings it back. @param yes whether not to ask first */
export async function bringBack(
  lesson: Lesson,
  yes: boolean,
  student: Student,
  say: Say,
): Promise<void> {
  const { folder } = student;
  const exercise = folder.exerciseOf(lesson);
  const path = shownPath(exercise);
  if (!existsSync(exercise)) {
    if (student.begin(lesson)) printParagraph(say('reset.fresh', { path }));
    else process.exitCode = 1;
    return;
  }
  const backup = basename(folder.nextBackup(lesson));
  if (!yes) {
    if (!canAsk()) throw new Failure(say('reset.needsYes'), 2);
    const question = `${wrap(say('reset.ask', { path, backup }), columns()).join('\n')} `;
    if (!/^y(es)?$/i.test(await ask(question))) {
      writeText(`${say('reset.left')}\n`);
      return;
    }
  }
  if (student.reset(lesson)) printParagraph(say('reset.done', { path, backup }));
  else process.exitCode = 1;
}
