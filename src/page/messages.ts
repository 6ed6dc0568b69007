/**
 * Every text of the page, by its key; `{name}` stands for a value. Each view has a table of its own
 * under messages/, and is entered here. What a step did is said by `describeStep`.
 * @module
 */

import { bench } from './messages/bench.js';
import { bytes } from './messages/bytes.js';
import { chat } from './messages/chat.js';
import { compare } from './messages/compare.js';
import { cut } from './messages/cut.js';
import { lessons } from './messages/lessons.js';
import { live } from './messages/live.js';
import { loop } from './messages/loop.js';
import { predict } from './messages/predict.js';
import { shell } from './messages/shell.js';

/** All texts. */
export const MESSAGES = {
  ...shell,
  ...loop,
  ...bytes,
  ...cut,
  ...compare,
  ...bench,
  ...predict,
  ...lessons,
  ...live,
  ...chat,
} as const;

/** The key of a text. */
export type MessageKey = keyof typeof MESSAGES;

/** Says a text. @param values what stands in its braces */
export function say(
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return MESSAGES[key].replace(/\{(\w+)\}/g, (braces, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : braces,
  );
}

/** A number and its noun: `1 byte`, `2 bytes`. The key's plural is the key with `s` behind it. */
export function count(n: number, key: 'byte' | 'step' | 'turn' | 'socket' | 'connection'): string {
  return say(n === 1 ? `count.${key}` : `count.${key}s`, { n: n.toLocaleString('en') });
}
