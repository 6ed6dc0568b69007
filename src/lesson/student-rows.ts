/**
 * What each student of a room did, a row each, for a spreadsheet or a program. Reads no file.
 * @module
 */

import { csvOf } from './csv.js';
import type { Student } from './room-files.js';

/** A student's row. */
export interface StudentRow {
  readonly student: string;
  /** Lessons that were begun, and that were passed. */
  readonly begun: number;
  readonly passed: number;
  /** Questions that were answered, and that were answered rightly. */
  readonly predicted: number;
  readonly right: number;
  readonly checks: number;
  readonly hints: number;
  /** How far the student is in each lesson of the room, by its number. */
  readonly lessons: Readonly<Record<string, LessonState>>;
}

/** How far a student is in a lesson: it was passed, begun, or not touched. */
export type LessonState = 'passed' | 'begun' | '';

/** Makes the rows. @param lessons the numbers of those that anyone has touched, in order */
export function studentRows(
  students: readonly Student[],
  lessons: readonly number[],
): StudentRow[] {
  return students.map(({ name, progress }) => {
    const all = lessons.map((number) => progress.of(number));
    const sum = (count: (one: (typeof all)[number]) => number): number =>
      all.reduce((total, one) => total + count(one), 0);
    return {
      student: name,
      begun: sum(({ begun }) => Number(begun)),
      passed: sum(({ passed }) => Number(passed)),
      predicted: sum(({ prediction }) => Number(prediction !== null)),
      right: sum(({ prediction }) => Number(prediction?.right === true)),
      checks: sum(({ checks }) => checks),
      hints: sum(({ hints }) => hints.length),
      lessons: Object.fromEntries(lessons.map((number, i) => [number, stateOf(all[i])])),
    };
  });
}

function stateOf(done: { passed: boolean; begun: boolean } | undefined): LessonState {
  if (done?.passed === true) return 'passed';
  return done?.begun === true ? 'begun' : '';
}

/** The rows as CSV, with a row of heads. */
export function rowsAsCsv(rows: readonly StudentRow[]): string {
  const numbers = Object.keys(rows[0]?.lessons ?? {});
  const heads = ['student', 'begun', 'passed', 'predicted', 'right', 'checks', 'hints'];
  return csvOf([
    [...heads, ...numbers.map(headOfLesson)],
    ...rows.map(({ student, begun, passed, predicted, right, checks, hints, lessons }) => [
      student,
      ...[begun, passed, predicted, right, checks, hints].map(String),
      ...numbers.map((number) => lessons[number] ?? ''),
    ]),
  ]);
}

/** The head of a lesson's column. */
export function headOfLesson(number: number | string): string {
  return `lesson ${number}`;
}
