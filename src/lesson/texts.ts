/**
 * The texts of the runner, the checks and their reports, and those of a lesson's messages, in the
 * language that the caller says.
 * @module
 */

import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { lesson } from '../texts/lesson.en.js';
import { type Say as SayOf, speaker } from '../texts/say.js';
import type { Values } from './checker.js';

/** Texts by key; `{name}` in them is replaced. */
export type Messages = Readonly<Record<string, string>>;

/** A key of the runner's texts. */
export type MessageKey = keyof typeof lesson;

/** Says a text of the runner. */
export type Say = SayOf<MessageKey>;

/** The runner's texts in a language. */
export function speak(language: Language = DEFAULT_LANGUAGE): Say {
  return speaker({ en: lesson }, language);
}

/** All keys of the runner's texts. */
export function messageKeys(): MessageKey[] {
  return Object.keys(lesson) as MessageKey[];
}

/** Whether the runner has a text of this key. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(lesson, key);
}

/** A lesson's text by its key. @throws Error when it has none: a bug of the lesson */
export function textOf(messages: Messages, key: string, values: Values = {}): string {
  const template = Object.hasOwn(messages, key) ? messages[key] : undefined;
  if (template === undefined) throw new Error(`bug: the lesson's messages have no "${key}"`);
  return fill(template, values);
}

/** Replaces each `{name}` by its value; numbers are for reading. A name without a value stays as it is. */
export function fill(template: string, values: Values): string {
  return speaker({ en: { template } })('template', values);
}
