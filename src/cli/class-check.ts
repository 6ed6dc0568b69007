/**
 * `loopscope class check`: runs the exercises anew that a class has handed in. What a progress file says is
 * not believed: whoever writes the answer can write that too.
 * @module
 */

import { availableParallelism } from 'node:os';
import stringWidth from 'string-width';
import { tallyRoom } from '../lesson/class-report.js';
import { isFolder } from '../lesson/folders.js';
import { type Grade, gradeOf } from '../lesson/grade.js';
import { type Handed, type HandedIn, readHandedIn } from '../lesson/handed-in.js';
import { allLessons } from '../lesson/lesson.js';
import { Progress } from '../lesson/progress.js';
import { runCheck } from '../lesson/run-check.js';
import { whyNotRead } from '../lesson/text-file.js';
import { type Say, speak } from '../lesson/texts.js';
import { Failure } from '../terminal/failure.js';
import { countsOf, type Graded, gradesCsv, gradesJson, gradesJunit } from '../terminal/grades.js';
import { writeCsv, writeJson, writeText } from '../terminal/print.js';
import { columns } from '../terminal/student.js';
import { wrap } from '../terminal/wrap.js';
import { betweenThings, DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { cut, pad } from '../trace/columns.js';
import { printable } from '../trace/text.js';
import { mistakesOf } from './class.js';

/** What `loopscope class check` takes. */
export interface ClassCheckOptions {
  /** For a person, or for which kind of program. */
  format: 'text' | 'json' | 'csv' | 'junit';
}

/** How many checks run at a time: each judges by the processor time that it used, so they may share. */
const AT_A_TIME = Math.min(4, availableParallelism());

/** Columns for the name of a student. */
const NAME = 24;

/**
 * Checks all that lies in a folder, and prints it. The exit code is 0 where all passed, else 1.
 *
 * @throws Failure (2) for a folder that is none, or has no exercise; (1) when it cannot be listed
 */
export async function classCheck(
  path: string,
  { format }: ClassCheckOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const say = speak(language);
  const isText = format === 'text';
  const room = handedIn(path, isText ? language : DEFAULT_LANGUAGE, say);
  const students = gradedIn(room, isText ? language : DEFAULT_LANGUAGE);
  if (isText) await printRows(students, say, language);
  const all = await Promise.all(students);
  if (format === 'json') writeJson(gradesJson(all));
  if (format === 'junit') writeText(gradesJunit(all));
  if (format === 'csv') writeCsv(gradesCsv(all));
  if (all.some(({ grades }) => grades.some(({ passed }) => !passed))) process.exitCode = 1;
}

function handedIn(path: string, language: Language, say: Say): Handed[] {
  if (!isFolder(path)) {
    throw new Failure(say('class.noFolder', { path }), 2);
  }
  const lessons = allLessons(language).filter(({ exercise }) => exercise !== null);
  let room: Handed[];
  try {
    room = readHandedIn(path, lessons, language);
  } catch (error) {
    throw new Failure(say('class.blocked', { path, message: whyNotRead(error, language) }));
  }
  if (room.every(({ exercises }) => exercises.length === 0)) {
    throw new Failure(say('class.noExercise', { path }), 2);
  }
  return room;
}

/** Begins to check, a few at a time, in order. @returns each student, who is there when all is checked */
function gradedIn(room: readonly Handed[], language: Language): Promise<Graded>[] {
  const lanes = Array.from({ length: AT_A_TIME }, () => Promise.resolve());
  let next = 0;
  const inLane = (one: HandedIn): Promise<Grade> => {
    const lane = next++ % AT_A_TIME;
    const grade = (lanes[lane] ?? Promise.resolve()).then(() => checkOne(one, language));
    lanes[lane] = grade.then(() => {});
    return grade;
  };
  return room.map(async ({ name, exercises }) => {
    return { name, grades: await Promise.all(exercises.map(inLane)) };
  });
}

async function checkOne({ lesson, path, problem }: HandedIn, language: Language): Promise<Grade> {
  if (problem === null) {
    return gradeOf(lesson, await runCheck({ lesson, exercise: path, language }), path, language);
  }
  const { number, title } = lesson;
  const failure = 'trouble.unreadable';
  const why = speak(language)(failure, { file: path, message: problem });
  return { lesson: number, title, passed: false, steps: 0, failure, why, isUndecided: false };
}

/** A row a student, as soon as it is there; then what many have in common. */
async function printRows(
  students: readonly Promise<Graded>[],
  say: Say,
  language: Language,
): Promise<void> {
  const heads = [say('class.passed'), say('class.passedOf', { passed: 10, of: 10 })];
  const width = Math.max(...heads.map((head) => stringWidth(head))) + 2;
  const row = (name: string, passed: string, lessons: string): string => {
    return `${pad(cut(name, NAME - 2), NAME)}${pad(passed, width)}${lessons}`.trimEnd();
  };
  writeText(`${row(say('class.student'), say('class.passed'), say('class.notYet'))}\n`);
  const room: { name: string; progress: Progress }[] = [];
  for (const student of students) {
    const { name, grades } = await student;
    const failed = grades.filter(({ passed }) => !passed).map(({ lesson }) => lesson);
    const passed =
      grades.length === 0 ? say('class.nothing') : say('class.passedOf', countsOf(grades));
    const [first = '', ...more] = wrap(
      failed.join(betweenThings(language)),
      columns() - NAME - width,
    );
    const lines = [row(printable(name), passed, first), ...more.map((line) => row('', '', line))];
    writeText(`${lines.join('\n')}\n`);
    const progress = new Progress();
    for (const { lesson, failure } of grades) progress.check(lesson, failure);
    room.push({ name, progress });
  }
  const tallies = tallyRoom(room, allLessons(language), language);
  writeText(`\n${mistakesOf(tallies, say).join('\n')}\n`);
}
