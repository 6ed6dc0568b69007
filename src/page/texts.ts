/**
 * Says the texts of the page, in the language that is chosen. Each view has a table of its own in its
 * folder, and is entered here; a further language is one table more a folder, and one list more here.
 * What a step did is said by `describeStep`.
 * @module
 */

import { bytes } from './bytes/texts.en.js';
import { chat } from './chat/texts.en.js';
import { compare } from './compare/texts.en.js';
import { cuts } from './cuts/texts.en.js';
import { lessons } from './lessons/texts.en.js';
import { live } from './live/texts.en.js';
import { loop } from './loop/texts.en.js';
import { play } from './play/texts.en.js';
import { predict } from './predict/texts.en.js';
import { shared } from './shared/texts.en.js';
import { shell } from './shell/texts.en.js';
import { walk } from './walk/texts.en.js';

/** All texts in English. */
export const TEXTS = {
  ...shared,
  ...shell,
  ...walk,
  ...loop,
  ...bytes,
  ...cuts,
  ...compare,
  ...play,
  ...predict,
  ...lessons,
  ...live,
  ...chat,
} as const;

/** The key of a text. */
export type TextKey = keyof typeof TEXTS;

/** Says a text. @param values what stands in its braces */
export function say(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return TEXTS[key].replace(/\{(\w+)\}/g, (braces, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : braces,
  );
}

/** A number and its noun: `1 byte`, `2 bytes`. The key's plural is the key with `s` behind it. */
export function count(n: number, key: 'byte' | 'step' | 'turn' | 'socket' | 'connection'): string {
  return say(n === 1 ? `count.${key}` : `count.${key}s`, { n: n.toLocaleString('en') });
}
