/**
 * The progress of a room: counts what a teacher wants to know before the next hour. Reads no file
 * and prints nothing.
 * @module
 */

import type { Language } from '../texts/language.js';
import type { Lesson } from './lesson.js';
import type { Student } from './room-files.js';
import { fill } from './texts.js';

/** How often a student checks before being stuck, if nothing passed. */
export const STUCK_AFTER = 3;

/** What a room did in one lesson. */
export interface LessonTally {
  /** Its number. */
  readonly number: number;
  /** What it is called. */
  readonly title: string;
  /** How many students began it. */
  readonly begun: number;
  /** How many passed. */
  readonly passed: number;
  /** How many answered its question, and how many of them rightly. */
  readonly predictions: { readonly given: number; readonly right: number };
  /** The misconceptions that checks met, the commonest first. */
  readonly misconceptions: readonly Misconception[];
  /** Who checked it {@link STUCK_AFTER} times or more and did not pass. */
  readonly stuck: readonly string[];
}

/** A misconception of the room's. */
export interface Misconception {
  /** Its key in the lesson's messages. */
  readonly key: string;
  /** Its text; values that differed from check to check stand as an ellipsis. */
  readonly text: string;
  /** How many students had it. */
  readonly students: number;
}

/** Counts, for each lesson that anyone has touched. */
export function tallyRoom(
  students: readonly Student[],
  lessons: readonly Pick<Lesson, 'number' | 'title' | 'messages'>[],
  language?: Language,
): LessonTally[] {
  return lessons.map((lesson) => tally(students, lesson, language)).filter(isTouched);
}

function tally(
  students: readonly Student[],
  { number, title, messages }: Pick<Lesson, 'number' | 'title' | 'messages'>,
  language?: Language,
): LessonTally {
  const all = students.map(({ name, progress }) => ({ name, ...progress.of(number) }));
  const given = all.filter(({ prediction }) => prediction !== null);
  const isStuck = (done: (typeof all)[number]): boolean =>
    done.checks >= STUCK_AFTER && !done.passed;
  const texts = messages(language);
  const keys = new Map<string, number>();
  for (const key of all.flatMap(({ failures }) => Object.keys(failures))) {
    if (Object.hasOwn(texts, key)) keys.set(key, (keys.get(key) ?? 0) + 1);
  }
  const misconceptions = [...keys].map(([key, count]) => {
    const text = fill(texts[key] ?? key, {}).replace(/\{\w+\}/g, '…');
    return { key, text, students: count };
  });
  return {
    number,
    title,
    begun: all.filter(({ begun }) => begun).length,
    passed: all.filter(({ passed }) => passed).length,
    predictions: {
      given: given.length,
      right: given.filter(({ prediction }) => prediction?.right).length,
    },
    misconceptions: misconceptions.sort((a, b) => b.students - a.students),
    stuck: all.filter(isStuck).map(({ name }) => name),
  };
}

function isTouched({ begun, predictions }: LessonTally): boolean {
  return begun > 0 || predictions.given > 0;
}
