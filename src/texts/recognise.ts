/**
 * Reads an English text back: which text of a table it is, and with which values. A trace and the
 * wire hold English alone; so a viewer says in its language what was written there.
 * @module
 */

import { DEFAULT_LANGUAGE, type Language } from './language.js';
import { speaker, type Tables, type Values } from './say.js';

/** A text that was recognised. */
export interface Recognised<Key extends string = string> {
  readonly key: Key;
  readonly values: Values;
}

/** Says an English text of a table in a language; one that is none stays as it is. */
export function restate<Key extends string>(
  tables: Tables<Key>,
  english: string,
  language: Language = DEFAULT_LANGUAGE,
): string {
  if (language === DEFAULT_LANGUAGE) return english;
  const found = recognise(tables.en, english);
  if (found === null) return english;
  return speaker(tables, language, { grouping: false })(found.key, found.values);
}

/** The text of a table that fits, of several the one with the most words of its own; null for none. */
export function recognise<Key extends string>(
  table: Readonly<Record<Key, string>>,
  english: string,
): Recognised<Key> | null {
  for (const { key, names, pattern } of patternsOf(table)) {
    const match = pattern.exec(english);
    if (match === null) continue;
    const values = names.map((name, i) => [name, match[i + 1] ?? ''] as const);
    if (values.some(([name, value]) => values.some(([n, v]) => n === name && v !== value)))
      continue;
    return { key: key as Key, values: Object.fromEntries(values) };
  }
  return null;
}

interface Pattern {
  readonly key: string;
  /** The names of its groups, in order. */
  readonly names: readonly string[];
  readonly pattern: RegExp;
  /** How many signs are its own. */
  readonly own: number;
}

const made = new WeakMap<object, readonly Pattern[]>();

function patternsOf(table: Readonly<Record<string, string>>): readonly Pattern[] {
  let patterns = made.get(table);
  if (patterns === undefined) {
    patterns = Object.entries(table)
      .filter(([, text]) => !text.includes(', plural,'))
      .map(([key, text]) => patternOf(key, text))
      .sort((a, b) => b.own - a.own);
    made.set(table, patterns);
  }
  return patterns;
}

function patternOf(key: string, text: string): Pattern {
  const names: string[] = [];
  let own = 0;
  const source = text.split(/\{(\w+)\}/).map((part, i) => {
    if (i % 2 === 0) {
      own += part.length;
      return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    }
    names.push(part);
    return '([^]*)';
  });
  return { key, names, pattern: new RegExp(`^${source.join('')}$`), own };
}
