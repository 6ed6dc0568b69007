/**
 * `loopscope class report`: what a room has done, for its teacher.
 * @module
 */

import stringWidth from 'string-width';
import { cameIn } from '../class/came.js';
import { CLASS_FILES } from '../class/folder.js';
import { type LessonTally, STUCK_AFTER, tallyRoom } from '../lesson/class-report.js';
import { isFolder } from '../lesson/folders.js';
import { allLessons } from '../lesson/lesson.js';
import { type Room, readRoom } from '../lesson/room-files.js';
import { rowsAsCsv, studentRows } from '../lesson/student-rows.js';
import { whyNotRead } from '../lesson/text-file.js';
import { type Say, speak } from '../lesson/texts.js';
import { Failure } from '../terminal/failure.js';
import { warn, writeCsv, writeJson, writeText } from '../terminal/print.js';
import { columns } from '../terminal/student.js';
import { wrap } from '../terminal/wrap.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { cut, pad } from '../trace/columns.js';
import { printable } from '../trace/text.js';

/** What `loopscope class report` takes. */
export interface ClassOptions {
  /** For a person or for a program. */
  format: 'text' | 'csv' | 'json';
}

/** How many misconceptions are shown. */
const MOST = 5;

/** How many entries are named that are no student's. */
const MOST_OTHERS = 8;

/**
 * Tallies a room's files.
 *
 * @throws Failure (2) for a folder that is none, or has none of them; (1) when none could be read
 */
export function classReport(
  path: string,
  { format }: ClassOptions,
  language: Language = DEFAULT_LANGUAGE,
): void {
  const say = speak(language);
  if (!isFolder(path)) throw new Failure(say('class.noFolder', { path }), 2);
  const isText = format === 'text';
  const room = roomIn(path, format === 'json' ? DEFAULT_LANGUAGE : language);
  const { students, unreadable } = room;
  if (format !== 'json' || students.length === 0) for (const line of notesOf(room, say)) warn(line);
  if (students.length + unreadable.length === 0) throw new Failure(say('class.none', { path }), 2);
  if (students.length === 0) throw new Failure(say('class.nothingRead', { path }));
  const lessons = tallyRoom(students, allLessons(language), language);
  if (!isText) {
    const rows = studentRows(
      students,
      lessons.map(({ number }) => number),
    );
    const names = students.map(({ name }) => name);
    if (format === 'csv') writeCsv(rowsAsCsv(rows));
    else writeJson(`${JSON.stringify({ ...room, students: names, lessons, rows }, null, 2)}\n`);
    return;
  }
  const parts = [tableOf(lessons, say), mistakesOf(lessons, say), stuckOf(lessons, say)];
  const text = [[say('class.students', { n: students.length })], ...parts].map((part) =>
    part.join('\n'),
  );
  writeText(`${text.join('\n\n')}\n`);
}

function roomIn(path: string, language: Language): Room {
  try {
    const { came, notes } = cameIn(path, language);
    for (const note of notes) warn(note);
    return readRoom(path, language, came, came.length === 0 ? [] : Object.values(CLASS_FILES));
  } catch (error) {
    const message = whyNotRead(error, language);
    throw new Failure(speak(language)('class.blocked', { path, message }));
  }
}

/** What a teacher has to know of the files, a line each. */
function notesOf({ unreadable, copies, namesakes, others }: Room, say: Say): string[] {
  const n = others.length - MOST_OTHERS;
  const named = others.slice(0, MOST_OTHERS);
  return [
    ...unreadable.map((file) => say('class.unreadable', file)),
    ...copies.map((copy) => say('class.copy', copy)),
    ...namesakes.map((paths) => say('class.namesakes', { paths })),
    ...(others.length === 0 ? [] : [say('class.others', { path: named, n: Math.max(0, n) })]),
  ];
}

const TITLE = 36;

function tableOf(lessons: readonly LessonTally[], say: Say): string[] {
  const heads = [say('class.begun'), say('class.passed'), say('class.right')];
  const row = (number: string, title: string, cells: readonly string[]): string => {
    const ends = cells.map((cell, i) => padBefore(cell, stringWidth(heads[i] ?? '')));
    return [number.padStart(4), pad(cut(title, TITLE), TITLE), ...ends].join('  ');
  };
  return [
    row('', say('class.lesson'), heads),
    ...lessons.map(({ number, title, begun, passed, predictions: { right, given } }) =>
      row(String(number), title, [
        String(begun),
        String(passed),
        say('class.rightOf', { right, given }),
      ]),
    ),
  ];
}

function padBefore(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - stringWidth(text))) + text;
}

/** The misconceptions that most had, in lines. */
export function mistakesOf(lessons: readonly LessonTally[], say: Say): string[] {
  const all = lessons
    .flatMap(({ number, misconceptions }) => misconceptions.map((one) => ({ number, ...one })))
    .sort((a, b) => b.students - a.students)
    .slice(0, MOST);
  const lines = all.flatMap(({ number, text, students }) => {
    const head = say('class.mistake', { number, n: students });
    return [`  ${head}`, ...wrap(text, columns() - 4).map((line) => `    ${line}`)];
  });
  return [say('class.mistakes'), ...(lines.length === 0 ? [`  ${say('class.nobody')}`] : lines)];
}

function stuckOf(lessons: readonly LessonTally[], say: Say): string[] {
  const lines = lessons
    .filter(({ stuck }) => stuck.length > 0)
    .flatMap(({ number, stuck }) => {
      const names = stuck.map(printable);
      const row = say('class.stuckRow', { number, names });
      return wrap(row, columns() - 2).map((line) => `  ${line}`);
    });
  const head = say('class.stuck', { n: STUCK_AFTER });
  return [head, ...(lines.length === 0 ? [`  ${say('class.nobody')}`] : lines)];
}
