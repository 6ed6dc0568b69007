/**
 * The texts of the runner, the checks and their reports, and those of a lesson (its `messages.yaml`), in
 * the language that the caller says.
 * @module
 */

import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { lesson } from '../texts/lesson.en.js';
import { lesson as lessonZh } from '../texts/lesson.zh.js';
import { type Say as SayOf, speaker } from '../texts/say.js';
import type { Values } from './checker.js';

/** A lesson's texts by key; `{name}` in them is replaced. */
export type LessonTexts = Readonly<Record<string, string>>;

/** A key of the runner's texts. */
export type TextKey = keyof typeof lesson;

/** Says a text of the runner. */
export type Say = SayOf<TextKey>;

/** The runner's texts in a language. */
export function speak(language: Language = DEFAULT_LANGUAGE): Say {
  return speaker({ en: lesson, zh: lessonZh }, language);
}

/** All keys of the runner's texts. */
export function textKeys(): TextKey[] {
  return Object.keys(lesson) as TextKey[];
}

/** Whether the runner has a text of this key. */
export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(lesson, key);
}

/** A lesson's text by its key. @throws Error when it has none: a bug of the lesson */
export function textOf(texts: LessonTexts, key: string, values: Values = {}): string {
  const template = Object.hasOwn(texts, key) ? texts[key] : undefined;
  if (template === undefined) throw new Error(`bug: the lesson's messages have no "${key}"`);
  return fill(template, values);
}

/** Replaces each `{name}` by its value; numbers are for reading. A name without a value stays as it is. */
export function fill(template: string, values: Values): string {
  return speaker({ en: { template } })('template', values);
}
