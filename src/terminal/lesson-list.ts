/**
 * What `loopscope lesson` prints without a number.
 * @module
 */

import type { Lesson } from '../lesson/lesson.js';
import type { LessonProgress } from '../lesson/progress.js';
import { nextStop } from '../lesson/routes.js';
import type { Say } from '../lesson/texts.js';
import { cut, pad } from '../trace/columns.js';
import { pc } from './colours.js';
import { commandOf, routeOf } from './route.js';
import { type Student, shownPath } from './student.js';

/** The title's columns in the list; the rest of 80 is for what was done. */
const TITLE = 40;

/** All lessons with what was done in them, and what comes next. */
export function listOf(
  lessons: readonly Lesson[],
  { progress, folder }: Student,
  say: Say,
): string {
  const rows = lessons.map(({ number, title, minutes }) => {
    const done = marks(progress.of(number), say);
    const name = pad(cut(title, TITLE), TITLE);
    const row = `${String(number).padStart(4)}  ${name} ${say('list.minutes', { minutes })}`;
    return `${row}  ${done}`.trimEnd();
  });
  const next = lessons.find(({ number, exercise }) => {
    const { passed, begun } = progress.of(number);
    return exercise === null ? !begun : !passed;
  });
  const route = routeOf(progress);
  const command =
    route !== null && nextStop(route, progress) !== null
      ? commandOf(route)
      : `npx loopscope lesson ${(next ?? lessons[0])?.number ?? 0}`;
  const isBegun = lessons.some(({ number }) => progress.of(number).begun);
  const foot = [say(isBegun ? 'list.next' : 'list.run', { command })];
  if (isBegun) foot.push(say('list.work', { path: shownPath(folder.path) }));
  return `${rows.join('\n')}\n\n${foot.join('\n')}\n`;
}

function marks({ passed, begun, prediction }: Readonly<LessonProgress>, say: Say): string {
  const done = passed ? pc.green(say('list.passed')) : begun ? pc.yellow(say('list.begun')) : '';
  if (prediction === null) return done;
  const foretold = say(prediction.right ? 'list.right' : 'list.wrong');
  return done === '' ? foretold : say('list.both', { done, foretold });
}
