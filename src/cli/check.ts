/**
 * `loopscope check`: holds a student's exercise against the lesson's check and says what came of it;
 * with options, gives a hint, checks at each save, or brings the exercise back.
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failureOf } from '../lesson/check-result.js';
import { isOriginalEdited } from '../lesson/edited-original.js';
import { type Grade, gradeOf } from '../lesson/grade.js';
import { allLessons, type Lesson, lessonNumbers } from '../lesson/lesson.js';
import type { Progress } from '../lesson/progress.js';
import { type Report, reportOf, type Sentence } from '../lesson/report.js';
import { type CheckResult, runCheck } from '../lesson/run-check.js';
import { otherSignature } from '../lesson/signature.js';
import type { Exercised } from '../lesson/student-folder.js';
import { type Say, speak, textOf } from '../lesson/texts.js';
import type { TroubleKind } from '../lesson/trouble-kind.js';
import { typeComplaints } from '../lesson/type-check.js';
import { failureReport, passedReport, reportRow } from '../terminal/check-report.js';
import type { Checked } from '../terminal/class-link.js';
import { Failure } from '../terminal/failure.js';
import { gradesJson, gradesJunit } from '../terminal/grades.js';
import { writeJson, writeLine, writeText } from '../terminal/print.js';
import { nextOnRoute, routeOf } from '../terminal/route.js';
import { columns, lessonOf, printParagraph, Student, shownPath } from '../terminal/student.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { bringBack } from './check-reset.js';
import { tellClass } from './class-join.js';

/** What `loopscope check` takes. */
export interface CheckOptions {
  /** Checks all that were begun. */
  all?: boolean;
  /** Gives a hint, 1 to 3. */
  hint?: string;
  /** Checks again at each save. */
  watch?: boolean;
  /** Brings the exercise back. */
  reset?: boolean;
  /** Answers the question of `reset`. */
  yes?: boolean;
  /** For a person, or for a program that grades. Default a person. */
  format?: 'text' | 'json' | 'junit';
}

/**
 * Checks. The exit code is 0 for passed, 1 for not passed.
 *
 * @throws Failure (2) for what cannot be checked, (1) for a lesson without an exercise
 */
export async function check(
  number: number | undefined,
  options: CheckOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const say = speak(language);
  const { all = false, hint, watch, reset, format = 'text' } = options;
  if (all && number !== undefined) throw new Failure(say('check.both'), 2);
  if (all && (hint ?? watch ?? reset) !== undefined) throw new Failure(say('check.oneOnly'), 2);
  if ([hint, watch, reset].filter((one) => one !== undefined).length > 1) {
    throw new Failure(say('check.oneThing'), 2);
  }
  if (format !== 'text' && (hint ?? watch ?? reset) !== undefined) {
    throw new Failure(say('check.formatAlone'), 2);
  }
  if (all) return await checkAll(new Student(language), format, say);
  if (number === undefined) {
    const isOfOne = (hint ?? watch ?? reset) !== undefined; // what cannot go with --all
    throw new Failure(say(isOfOne ? 'check.oneOnly' : 'check.which'), 2);
  }
  const lesson = lessonOf(number, language);
  if (lesson.exercise === null) throw new Failure(say('check.noExercise', { number }));
  const student = new Student(language);
  if (hint !== undefined) giveHint(lesson, Number(hint), student, say);
  else if (reset) await bringBack(lesson, options.yes === true, student, say);
  else {
    mustBeThere(lesson, student, say);
    if (format !== 'text') await checkForProgram([lesson], student, format);
    else if (watch) await checkAtEachSave(lesson, student, say);
    else if (!(await checkOne(lesson, student, say))) process.exitCode = 1;
  }
}

function giveHint(lesson: Lesson, n: number, student: Student, say: Say): void {
  const texts = lesson.messages(student.language);
  const hint = textOf(texts, `hint.${n}`);
  const lines = [
    say('check.task', { task: textOf(texts, 'task') }),
    say('check.hint', { n, hint }),
  ];
  for (const line of lines) printParagraph(line);
  student.progress.hint(lesson.number, n);
  student.save();
}

/** An exercise that is not there: how to begin, or what it is called instead. */
function mustBeThere(lesson: Lesson, { folder }: Student, say: Say): void {
  const path = folder.exerciseOf(lesson);
  if (existsSync(path)) return;
  const found = folder.misnamed(lesson);
  const { number } = lesson;
  if (found === null) throw new Failure(say('check.missing', { path: shownPath(path), number }), 2);
  throw new Failure(say('check.misnamed', { path: shownPath(path), found }), 2);
}

/** Checks, prints, keeps. @returns whether it passed */
async function checkOne(lesson: Lesson, student: Student, say: Say): Promise<boolean> {
  const result = await checkAndKeep(lesson, student);
  const { number } = lesson;
  const { language, progress, folder } = student;
  const exercise = folder.exerciseOf(lesson);
  const source = sourceOf(exercise);
  const isUntouched = source !== null && source === sourceOf(lesson.exercise ?? '');
  const report = reportOf({
    lesson,
    result,
    file: shownPath(exercise),
    source,
    hintsRead: Math.max(0, ...progress.of(number).hints),
    notice: noticeOf(lesson, result, exercise),
    complaint:
      isUntouched || !isTyped(result) ? null : (typeComplaints(exercise).get(exercise) ?? null),
  });
  const how = { messages: lesson.messages(language), columns: columns(), language };
  if (report.passed) {
    writeText(passedReport(report, how));
    printParagraph(lesson.learnt);
    writeText(`${whatNext(number, progress, say)}\n`);
  } else {
    writeText(failureReport(report, { ...how, replay: keepReplay(lesson, report, student) }));
  }
  await tellClass(student, [{ lesson: number, failure: failureOf(result) }]);
  return report.passed;
}

/** Keeps the trace of a failure. @returns the command that shows it; null where there is none */
function keepReplay(lesson: Exercised, { replay }: Report, student: Student): string | null {
  const trace = student.keepFailure(lesson, replay.trace);
  if (trace === null) return replay.command;
  const at = replay.at !== null && replay.at > 0 ? ` --at ${replay.at}` : '';
  return `npx loopscope step ${shownPath(trace)}${at}`;
}

/** That the student has worked on the package's own file, which nobody checks; or on an older one. */
function noticeOf(
  { name, number, exercise: original }: Lesson,
  { passed, trouble }: CheckResult,
  copy: string,
): Sentence | null {
  if (original === null || passed) return null;
  if (trouble?.kind !== 'todo') return olderNotice(number, sourceOf(copy), sourceOf(original));
  if (!isOriginalEdited(name, { copy, original })) return null;
  const values = { original: shownPath(original), path: shownPath(copy) };
  return { of: 'runner', key: 'check.original', values };
}

/** That it begins its function otherwise than the lesson does, as one of an older kit may. */
function olderNotice(
  number: number,
  source: string | null,
  handedOut: string | null,
): Sentence | null {
  const other = otherSignature(source ?? '', handedOut ?? '');
  if (other === null) return null;
  const command = `npx loopscope check ${number} --reset`;
  return { of: 'runner', key: 'check.older', values: { number, ...other, command } };
}

/** Whether the compiler may know more: not where the file was not read, or the machine was in the way. */
function isTyped({ trouble }: CheckResult): boolean {
  return trouble === null || !UNTYPED.includes(trouble.kind);
}

const UNTYPED: readonly TroubleKind[] = [
  'syntax', // said already, with its place
  'slow',
  'missing',
  'encoding',
  'unreadable',
  'folder',
  'start',
];

/** The student's text; null where the file is none, is gone since, or cannot be read. */
function sourceOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

async function checkAndKeep(
  lesson: Lesson,
  student: Student,
  language = student.language,
): Promise<CheckResult> {
  const exercise = student.folder.exerciseOf(lesson);
  const result = await runCheck({ lesson, exercise, language });
  student.progress.check(lesson.number, failureOf(result));
  student.save();
  return result;
}

/** Along the route, if one is followed. */
function whatNext(number: number, progress: Progress, say: Say): string {
  const route = routeOf(progress);
  if (route !== null) return nextOnRoute(route, progress, say);
  const next = lessonNumbers().find((candidate) => candidate > number);
  if (next === undefined) return say('check.done');
  return say('check.next', { command: `npx loopscope lesson ${next}` });
}

/** Checks these, and prints what came of it for a program, in English. */
async function checkForProgram(
  lessons: readonly Lesson[],
  student: Student,
  format: 'json' | 'junit',
): Promise<void> {
  const grades: Grade[] = [];
  const checked: Checked[] = [];
  for (const lesson of lessons) {
    const english = lessonOf(lesson.number, DEFAULT_LANGUAGE);
    const file = shownPath(student.folder.exerciseOf(lesson));
    const result = await checkAndKeep(lesson, student, DEFAULT_LANGUAGE);
    grades.push(gradeOf(english, result, file));
    checked.push({ lesson: lesson.number, failure: failureOf(result) });
  }
  const graded = [{ name: 'loopscope', grades }];
  if (format === 'json') writeJson(gradesJson(graded));
  else writeText(gradesJunit(graded));
  await tellClass(student, checked);
  if (grades.some(({ passed }) => !passed)) process.exitCode = 1;
}

/** Checks all that were begun, one line each. */
async function checkAll(
  student: Student,
  format: 'text' | 'json' | 'junit',
  say: Say,
): Promise<void> {
  const { language } = student;
  const lessons = allLessons(language).filter(
    (lesson) => lesson.exercise !== null && existsSync(student.folder.exerciseOf(lesson)),
  );
  if (lessons.length === 0) {
    throw new Failure(say('check.nothingBegun', { path: shownPath(student.folder.path) }), 2);
  }
  if (format !== 'text') return await checkForProgram(lessons, student, format);
  let passed = 0;
  const checked: Checked[] = [];
  for (const lesson of lessons) {
    const result = await checkAndKeep(lesson, student);
    checked.push({ lesson: lesson.number, failure: failureOf(result) });
    if (result.passed) passed++;
    const file = shownPath(student.folder.exerciseOf(lesson));
    const messages = lesson.messages(language);
    const report = reportOf({ lesson, result, file });
    writeText(reportRow(report, { messages, columns: columns(), language }));
  }
  writeText(`${say('check.allPassed', { passed, all: lessons.length })}\n`);
  await tellClass(student, checked);
  if (passed < lessons.length) process.exitCode = 1;
}

/** Checks now and at each save, until Ctrl-C. */
async function checkAtEachSave(lesson: Lesson, student: Student, say: Say): Promise<void> {
  const path = student.folder.exerciseOf(lesson);
  const { watchFile } = await import('../terminal/file-changes.js');
  const check = async (): Promise<void> => {
    await checkOne(lesson, student, say);
    writeLine();
    printParagraph(say('check.watching', { path: shownPath(path) }));
    writeLine();
  };
  await watchFile(join(dirname(path), 'exercise.ts'), check);
}
