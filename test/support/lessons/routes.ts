/**
 * The routes through the lessons: whether the minutes that a guide promises are those of the
 * lessons. The form of the table is told in test/lessons/routes.test.ts.
 * @module
 */

import { DEMO_MINUTES } from '../../../src/lesson/routes.js';

/** The column with the lessons whose exercises are done; without it, all are. */
const EXERCISES = 'with their exercises';

/** What the columns are called in Chinese. */
const CHINESE = new Map([
  ['课', 'lessons'],
  ['做练习的', EXERCISES],
  ['分钟', 'minutes'],
  ['最多', 'of'],
]);

/** A row of the table. */
export interface Route {
  /** Its line, from 1. */
  line: number;
  /** The numbers of its lessons, in order. */
  lessons: number[];
  /** Those that are done with their exercises; the others by question and demo alone. */
  exercises: number[];
  /** The minutes that the row says. */
  minutes: number;
  /** Most minutes that there are. */
  of: number;
}

/** Reads the rows of every table with the columns `lessons`, `minutes` and `of`. @throws Error for a row that does not fit */
export function readRoutes(text: string): Route[] {
  const routes: Route[] = [];
  let columns: string[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (!line.startsWith('|')) {
      columns = [];
      continue;
    }
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (columns.length === 0) {
      columns = cells.map((cell) => CHINESE.get(cell) ?? cell.toLowerCase());
    } else if (!/^[\s|:-]+$/.test(line) && columns.includes('lessons')) {
      const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
      const of = columns.includes('of') ? cell('of') : cell('minutes');
      routes.push({
        line: i + 1,
        lessons: lessonsIn(cell('lessons'), i + 1),
        exercises: lessonsIn(cell(columns.includes(EXERCISES) ? EXERCISES : 'lessons'), i + 1),
        minutes: minutesIn(cell('minutes'), i + 1),
        of: minutesIn(of, i + 1),
      });
    }
  }
  return routes;
}

function lessonsIn(cell: string, line: number): number[] {
  const plain = cell.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return plain.split(',').flatMap((piece) => {
    const [, first, last] = /^\s*(\d+)(?:\s*[-–]\s*(\d+))?\s*$/.exec(piece) ?? [];
    if (first === undefined) throw new Error(`line ${line}: no lessons: ${cell}`);
    const from = Number(first);
    const to = Number(last ?? first);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
}

function minutesIn(cell: string, line: number): number {
  if (!/^\d+$/.test(cell)) throw new Error(`line ${line}: no minutes: ${cell}`);
  return Number(cell);
}

/** What is wrong with the routes, one sentence each. @param minutes of each lesson, by its number */
export function routeProblems(
  routes: readonly Route[],
  minutes: ReadonlyMap<number, number>,
): string[] {
  return routes.flatMap(({ line, lessons, exercises, minutes: said, of }) => {
    const without = exercises.filter((lesson) => !lessons.includes(lesson));
    if (without.length > 0)
      return [`line ${line}: lesson ${without.join(', ')} is not on the route`];
    const unknown = lessons.filter((lesson) => !minutes.has(lesson));
    if (unknown.length > 0) return [`line ${line}: there is no lesson ${unknown.join(', ')}`];
    const sum = lessons.reduce((sum, lesson) => {
      return sum + (exercises.includes(lesson) ? (minutes.get(lesson) ?? 0) : DEMO_MINUTES);
    }, 0);
    return [
      ...(sum === said ? [] : [`line ${line}: the lessons take ${sum} minutes, not ${said}`]),
      ...(sum <= of ? [] : [`line ${line}: ${sum} minutes do not fit into ${of}`]),
    ];
  });
}
