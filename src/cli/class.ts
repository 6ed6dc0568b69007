/**
 * `loopscope class report`: what a room has done, for its teacher.
 * @module
 */

import { existsSync, statSync } from 'node:fs';
import {
  type LessonTally,
  readRoom,
  STUCK_AFTER,
  studentCount,
  tallyRoom,
} from '../lesson/class-report.js';
import { allLessons } from '../lesson/lesson.js';
import { type Say, speak } from '../lesson/messages.js';
import { wrap } from '../lesson/wrap.js';
import { cut, pad } from '../trace/columns.js';
import { Failure } from './failure.js';
import { columns } from './student.js';

/** What `loopscope class report` takes. */
export interface ClassOptions {
  /** For a person or for a program. */
  format: 'text' | 'json';
}

/** How many misconceptions are shown. */
const MOST = 5;

/** Tallies a room's files. @throws Failure (2) for a folder that is none, or has none of them */
export function classReport(path: string, { format }: ClassOptions): void {
  const say = speak();
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new Failure(say('class.noFolder', { path }), 2);
  }
  const { students, unreadable } = readRoom(path);
  if (students.length + unreadable.length === 0) throw new Failure(say('class.none', { path }), 2);
  const lessons = tallyRoom(students, allLessons());
  if (format === 'json') {
    const names = students.map(({ name }) => name);
    process.stdout.write(`${JSON.stringify({ students: names, unreadable, lessons }, null, 2)}\n`);
    return;
  }
  for (const file of unreadable)
    process.stderr.write(`loopscope: ${say('class.unreadable', file)}\n`);
  const parts = [tableOf(lessons, say), mistakesOf(lessons, say), stuckOf(lessons, say)];
  const text = [[studentCount(students.length, say)], ...parts].map((part) => part.join('\n'));
  process.stdout.write(`${text.join('\n\n')}\n`);
}

const TITLE = 36;

function tableOf(lessons: readonly LessonTally[], say: Say): string[] {
  const heads = [say('class.begun'), say('class.passed'), say('class.right')];
  const row = (number: string, title: string, cells: readonly string[]): string => {
    const ends = cells.map((cell, i) => cell.padStart(heads[i]?.length ?? 0));
    return [number.padStart(4), pad(cut(title, TITLE), TITLE), ...ends].join('  ');
  };
  return [
    row('', say('class.lesson'), heads),
    ...lessons.map(({ number, title, begun, passed, predictions: { right, given } }) =>
      row(String(number), title, [String(begun), String(passed), `${right} of ${given}`]),
    ),
  ];
}

function mistakesOf(lessons: readonly LessonTally[], say: Say): string[] {
  const all = lessons
    .flatMap(({ number, misconceptions }) => misconceptions.map((one) => ({ number, ...one })))
    .sort((a, b) => b.students - a.students)
    .slice(0, MOST);
  const lines = all.flatMap(({ number, text, students }) => {
    const head = say('class.mistake', { number, students: studentCount(students, say) });
    return [`  ${head}`, ...wrap(text, columns() - 4).map((line) => `    ${line}`)];
  });
  return [say('class.mistakes'), ...(lines.length === 0 ? [`  ${say('class.nobody')}`] : lines)];
}

function stuckOf(lessons: readonly LessonTally[], say: Say): string[] {
  const lines = lessons
    .filter(({ stuck }) => stuck.length > 0)
    .flatMap(({ number, stuck }) => {
      const row = say('class.stuckRow', { number, names: stuck.join(', ') });
      return wrap(row, columns() - 2).map((line) => `  ${line}`);
    });
  const head = say('class.stuck', { n: STUCK_AFTER });
  return [head, ...(lines.length === 0 ? [`  ${say('class.nobody')}`] : lines)];
}
