/**
 * Grades for programs: JSON, the XML of JUnit, CSV. Names and reasons were written by students: in each form
 * they are texts and nothing else. Makes texts; prints nothing.
 * @module
 */

import { csvOf } from '../lesson/csv.js';
import type { Grade } from '../lesson/grade.js';
import { headOfLesson } from '../lesson/student-rows.js';

/** All of one student's exercises; `loopscope` is who checks the own ones. */
export interface Graded {
  readonly name: string;
  readonly grades: readonly Grade[];
}

/** As JSON. */
export function gradesJson(students: readonly Graded[]): string {
  const rows = students.map(({ name, grades }) => ({ name, ...countsOf(grades), lessons: grades }));
  return `${JSON.stringify({ students: rows }, null, 2)}\n`;
}

/** As JUnit has it: a suite a student, a case a lesson; what is undecided is an error. */
export function gradesJunit(students: readonly Graded[]): string {
  const all = students.flatMap(({ grades }) => grades);
  const suites = students.map(({ name, grades }) => {
    const cases = grades.map((grade) => testCase(name, grade));
    return `  <testsuite name="${xml(name)}" ${tally(grades)}>\n${cases.join('')}  </testsuite>\n`;
  });
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
  return `${head}<testsuites name="loopscope" ${tally(all)}>\n${suites.join('')}</testsuites>\n`;
}

/** As CSV, a row a student: how many passed, and of each lesson `passed`, or the code of why not. */
export function gradesCsv(students: readonly Graded[]): string {
  const numbers = students.flatMap(({ grades }) => grades.map(({ lesson }) => lesson));
  const lessons = [...new Set(numbers)].sort((a, b) => a - b);
  const rows = students.map(({ name, grades }) => {
    const { passed, of } = countsOf(grades);
    const cells = lessons.map((number) => {
      const grade = grades.find(({ lesson }) => lesson === number);
      return grade === undefined ? '' : (grade.failure ?? 'passed');
    });
    return [name, String(passed), String(of), ...cells];
  });
  const head = ['student', 'passed', 'of', ...lessons.map(headOfLesson)];
  return csvOf([head, ...rows]);
}

/** How many passed, of how many. */
export function countsOf(grades: readonly Grade[]): { passed: number; of: number } {
  return { passed: grades.filter(({ passed }) => passed).length, of: grades.length };
}

function testCase(student: string, { lesson, title, passed, ...grade }: Grade): string {
  const head = `    <testcase classname="${xml(student)}" name="${xml(`${lesson} ${title}`)}"`;
  if (passed) return `${head}/>\n`;
  const kind = grade.isUndecided ? 'error' : 'failure';
  const [code, why] = [xml(grade.failure ?? ''), xml(grade.why ?? '')];
  return `${head}>\n      <${kind} type="${code}" message="${why}"/>\n    </testcase>\n`;
}

function tally(grades: readonly Grade[]): string {
  const errors = grades.filter(({ isUndecided }) => isUndecided).length;
  const failures = grades.filter(({ passed }) => !passed).length - errors;
  return `tests="${grades.length}" failures="${failures}" errors="${errors}"`;
}

/** What XML 1.0 cannot hold, and what only steers a screen. Behind it no line is left but this one. */
const NO_TEXT = /(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffe\uffff]+/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A text as it may stand in an attribute. */
function xml(text: string): string {
  return text.replace(NO_TEXT, ' ').replace(/[&<>"']/g, (one) => ENTITIES[one] ?? '');
}
