/**
 * What a person has answered in the lessons of the page. It stays in this browser.
 * @module
 */

import { signal } from '@preact/signals';
import { keep, recall } from '../shared/keep.js';

/** Answers by what they answer: `0.predict` is a letter, `0.make` says that the exercise is done. */
type Answers = Readonly<Record<string, string>>;

const answers = signal<Answers>(recall('lessons', readAnswers, {}));

/** Reads answers that were kept; null for what is none. */
export function readAnswers(kept: unknown): Answers | null {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null;
  const isText = ([key, value]: [string, unknown]): boolean =>
    /^\d+\.(predict|make)$/.test(key) && typeof value === 'string' && value.length < 20;
  return Object.entries(kept).every(isText) ? (kept as Answers) : null;
}

/** The answer that was given; '' for none. A view that asks follows it. */
export function answerTo(lesson: number, part: 'predict' | 'make'): string {
  return answers.value[`${lesson}.${part}`] ?? '';
}

/** Takes an answer. */
export function takeAnswer(lesson: number, part: 'predict' | 'make', answer: string): void {
  answers.value = { ...answers.peek(), [`${lesson}.${part}`]: answer };
  keep('lessons', answers.peek());
}

/** Whether there is any answer. */
export function hasAnswers(): boolean {
  return Object.keys(answers.value).length > 0;
}

/** Forgets them all: the next student begins anew. */
export function forgetAnswers(): void {
  answers.value = {};
  keep('lessons', {});
}
