/**
 * What came of one exercise, for who grades many: a sentence and a code of why it did not pass, and whether
 * that was the student's doing. The report for the student has more.
 * @module
 */

import type { Language } from '../texts/language.js';
import { type CheckResult, failureOf } from './check-result.js';
import type { Lesson } from './lesson.js';
import { reportOf, sentenceText } from './report.js';
import { speak } from './texts.js';
import type { TroubleKind } from './trouble-kind.js';

/** What came of one exercise. */
export interface Grade {
  /** The number of the lesson. */
  readonly lesson: number;
  readonly title: string;
  readonly passed: boolean;
  /** How many steps were tried. */
  readonly steps: number;
  /** Why it did not pass: a key of the lesson's messages, or `trouble.KIND`; null where it did. */
  readonly failure: string | null;
  /** The same in words, which may quote the student's file; null where it passed. */
  readonly why: string | null;
  /** Whether the machine, or the check itself, was in the way: then it says nothing of the exercise. */
  readonly isUndecided: boolean;
}

/** What is no student's doing. */
const UNDECIDED: readonly TroubleKind[] = ['slow', 'start', 'bug'];

/** Makes it. @param file the student's, as it is to be called */
export function gradeOf(
  lesson: Pick<Lesson, 'number' | 'title' | 'messages'>,
  result: CheckResult,
  file: string,
  language?: Language,
): Grade {
  const { passed, steps, why } = reportOf({ lesson, result, file });
  const { trouble } = result;
  return {
    lesson: lesson.number,
    title: lesson.title,
    passed,
    steps,
    failure: failureOf(result),
    why: why && sentenceText(why, lesson.messages(language), speak(language)),
    isUndecided: trouble !== null && UNDECIDED.includes(trouble.kind),
  };
}
