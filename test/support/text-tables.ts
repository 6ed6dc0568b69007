/**
 * Finds the tables of texts by the names of their files, `steps.en.ts` for English and `steps.zh.ts`
 * beside it, and holds them against each other and against the sources that say them.
 * @module
 */

import ts from 'typescript';
import type { Sources } from './floors.js';
import { isTable } from './sentences.js';

/** A table: its file, its language, and the texts of all that it exports. */
export interface Table {
  readonly path: string;
  readonly language: string;
  readonly texts: Readonly<Record<string, string>>;
}

/** Takes what a module of texts exports for one table. */
export function tableOf(path: string, exported: Readonly<Record<string, unknown>>): Table {
  const language = /\.([a-z]{2})\.tsx?$/.exec(path)?.[1] ?? '';
  const texts: Record<string, string> = {};
  for (const value of Object.values(exported)) {
    if (typeof value === 'object' && value !== null) Object.assign(texts, value);
  }
  return { path, language, texts };
}

/** What is wrong with tables beside the English ones: keys that lack or are too many, other values. */
export function translationProblems(tables: readonly Table[]): string[] {
  const english = new Map(
    tables.filter(({ language }) => language === 'en').map((one) => [baseOf(one), one]),
  );
  return tables
    .filter(({ language }) => language !== 'en')
    .flatMap((table) => {
      const original = english.get(baseOf(table));
      if (original === undefined) return [`${table.path} has no English table beside it`];
      return differences(original.texts, table.texts).map((what) => `${table.path} ${what}`);
    });
}

/** English tables without one in a language. */
export function untranslated(tables: readonly Table[], language: string): string[] {
  const there = new Set(
    tables.filter((table) => table.language === language).map((table) => baseOf(table)),
  );
  return tables
    .filter((table) => table.language === 'en' && !there.has(baseOf(table)))
    .map(({ path }) => path);
}

/** Where `{ en: table }` is handed to who speaks, and a language that has begun does not stand beside it. */
export function unsaidTables(languages: Iterable<string>, sources: Sources): string[] {
  const found: string[] = [];
  for (const language of languages) {
    for (const [path, text] of sources) {
      for (const [tables] of text.matchAll(/\{ en: \w+(?:, \w+(?:: \w+)?)*,? \}/g)) {
        if (!new RegExp(`\\b${language}\\b`).test(tables))
          found.push(`${path}: ${tables} lacks ${language}`);
      }
    }
  }
  return found;
}

function baseOf({ path }: Table): string {
  return path.replace(/\.[a-z]{2}(\.tsx?)$/, '$1');
}

function differences(english: Table['texts'], other: Table['texts']): string[] {
  const found: string[] = [];
  for (const [key, text] of Object.entries(english)) {
    const own = other[key];
    if (own === undefined) found.push(`lacks ${key}`);
    else if (!fits(valuesIn(text), neededIn(text), valuesIn(own))) {
      found.push(`has other values in ${key}: ${valuesIn(own)}, not ${valuesIn(text)}`);
    }
  }
  for (const key of Object.keys(other)) if (!(key in english)) found.push(`has ${key} too many`);
  return found;
}

/** Whether a text has no values that the English one has not, and all that it needs. */
function fits(there: string, needed: readonly string[], own: string): boolean {
  const names = own.split(' ');
  const known = there.split(' ');
  return (
    names.every((name) => name === '' || known.includes(name)) &&
    needed.every((name) => names.includes(name))
  );
}

/** The names of a text without those that only decide between `byte` and `bytes`. */
function neededIn(text: string): string[] {
  const deciding = [...text.matchAll(/\{(\w+), plural,/g)].filter(
    ({ index }) => !/#|=\d/.test(formsAt(text, index)),
  );
  const spared = deciding.map(([, name]) => name ?? '');
  return valuesIn(text)
    .split(' ')
    .filter((name) => name !== '' && (!spared.includes(name) || text.includes(`{${name}}`)));
}

/** A text from a brace up to the one that closes it. */
function formsAt(text: string, from: number): string {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') open++;
    if (text[at] === '}' && --open === 0) return text.slice(from, at);
  }
  return text.slice(from);
}

/** The names in the braces of a text, in the order of the alphabet. */
export function valuesIn(text: string): string {
  const names = [...text.matchAll(/(?<!(?:one|other|=\d+) )\{(\w+)(?:\}|, plural,)/g)].map(
    ([, name]) => name,
  );
  return [...new Set(names)].sort().join(' ');
}

/** Keys of the tables that no source has, whole or as a template that may become it. */
export function deadTexts(tables: readonly Table[], sources: Sources): string[] {
  const { words, patterns } = keysIn(sources);
  const isSaid = (key: string) => words.has(key) || patterns.some((pattern) => pattern.test(key));
  return tables
    .filter(({ language }) => language === 'en')
    .flatMap(({ path, texts }) =>
      Object.keys(texts)
        .filter((key) => !isSaid(key))
        .map((key) => `${path}: ${key}`),
    );
}

/** All that sources have in quotes, name as a property, or put together in a template. */
function keysIn(sources: Sources): { words: Set<string>; patterns: RegExp[] } {
  const words = new Set<string>();
  const patterns = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) words.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) words.add(node.name.text);
    else if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) words.add(node.name.text);
    else if (ts.isTemplateExpression(node) || ts.isTemplateLiteralTypeNode(node)) {
      const texts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
      // a template of values alone would be every key
      if (texts.some((text) => /\w/.test(text)) && texts.every((text) => /^[\w.-]*$/.test(text))) {
        patterns.add(`^${texts.map((text) => text.replaceAll('.', '\\.')).join('[\\w.-]*')}$`);
      }
    }
    ts.forEachChild(node, visit);
  };
  for (const [path, text] of sources) {
    if (isTable(path)) continue;
    const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind));
  }
  return { words, patterns: [...patterns].map((pattern) => new RegExp(pattern)) };
}
