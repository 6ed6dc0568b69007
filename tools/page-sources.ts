/**
 * A plugin for Vite: the sources that the page shows, highlighted while it is built. They become
 * data, lines of words with a kind each, so the page holds no highlighter and no HTML.
 * @module
 */

import { readFileSync } from 'node:fs';
import { createHighlighterCore, type ThemeRegistration } from 'shiki/core';
import { createOnigurumaEngine } from 'shiki/engine/oniguruma';
import php from 'shiki/langs/php.mjs';
import typescript from 'shiki/langs/typescript.mjs';
import oniguruma from 'shiki/wasm';
import type { Plugin } from 'vite';
import type { SourceFile, WordKind } from '../src/page/shared/sources.js';
import { PHP_FILE, regionsOf, SOURCE_FILES } from '../src/trace/regions.js';

/** The files that the page shows, by their paths in the package. */
export const PAGE_SOURCES = [
  ...new Set([
    ...SOURCE_FILES.rfc6455,
    ...SOURCE_FILES.original,
    'src/websocket/parser.ts',
    PHP_FILE,
  ]),
];

/** What a word can be, and the scopes of its grammar. */
const KINDS: Record<Exclude<WordKind, ''>, string[]> = {
  k: ['keyword', 'storage', 'constant.language', 'variable.language'],
  c: ['comment', 'punctuation.definition.comment'],
  s: ['string', 'punctuation.definition.string'],
  n: ['constant.numeric'],
  f: ['entity.name.function', 'support.function'],
  t: ['entity.name.type', 'entity.name.class', 'support.class', 'support.type'],
  v: ['variable.other.php', 'punctuation.definition.variable.php'],
};

const kinds = Object.keys(KINDS) as Exclude<WordKind, ''>[];

/** A theme that has a colour for each kind only to tell which it is. */
const THEME: ThemeRegistration = {
  name: 'kinds',
  type: 'light',
  fg: '#000000',
  bg: '#ffffff',
  settings: [
    ...kinds.map((kind, i) => ({
      scope: KINDS[kind],
      settings: { foreground: `#00000${i + 1}` },
    })),
    { scope: ['keyword.operator', 'punctuation'], settings: { foreground: '#000000' } },
    { scope: KINDS.c, settings: { foreground: `#00000${kinds.indexOf('c') + 1}` } },
    {
      scope: ['punctuation.definition.string'],
      settings: { foreground: `#00000${kinds.indexOf('s') + 1}` },
    },
  ],
};

const MODULE = 'virtual:sources';

/** Offers `virtual:sources`, whose default export is a record of `SourceFile`s by their paths. */
export function pageSources(): Plugin {
  return {
    name: 'loopscope-sources',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    async load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      for (const file of PAGE_SOURCES) this.addWatchFile(pathOf(file).pathname);
      return `export default ${JSON.stringify(await highlightAll())};`;
    },
  };
}

/** Makes words with kinds of a text, a list a line. */
export type Highlight = (text: string, lang: 'typescript' | 'php') => [WordKind, string][][];

/** Gives what `use` makes of the highlighter, which is open meanwhile. */
export async function withHighlight<T>(use: (highlight: Highlight) => T | Promise<T>): Promise<T> {
  const highlighter = await createHighlighterCore({
    themes: [THEME],
    langs: [typescript, php],
    engine: createOnigurumaEngine(oniguruma),
  });
  try {
    return await use((text, lang) =>
      highlighter.codeToTokensBase(text, { lang, theme: 'kinds' }).map(wordsOf),
    );
  } finally {
    highlighter.dispose();
  }
}

/** Reads and highlights them all. */
export function highlightAll(): Promise<Record<string, SourceFile>> {
  return withHighlight((highlight) =>
    Object.fromEntries(
      PAGE_SOURCES.map((file) => [
        file,
        highlightFile(highlight, file, readFileSync(pathOf(file), 'utf8')),
      ]),
    ),
  );
}

function pathOf(file: string): URL {
  return new URL(`../${file}`, import.meta.url);
}

/** The marks of the regions are left out: a line keeps the number that it has in the file. */
function highlightFile(highlight: Highlight, file: string, text: string): SourceFile {
  return {
    file,
    regions: regionsOf(text).map(({ step, line, text }) => ({
      name: step,
      from: line,
      to: line + text.length - 1,
    })),
    lines: highlight(text, file.endsWith('.php') ? 'php' : 'typescript')
      .map((words, i) => ({ number: i + 1, words }))
      .filter(({ words }) => !/^\s*\/\/ #(end)?region\b/.test(words.map(([, w]) => w).join(''))),
  };
}

/** Neighbours of one kind become one word. */
function wordsOf(tokens: readonly { content: string; color?: string }[]): [WordKind, string][] {
  const words: [WordKind, string][] = [];
  for (const { content, color = '#000000' } of tokens) {
    const kind: WordKind = kinds[Number(color.slice(1)) - 1] ?? '';
    const last = words.at(-1);
    if (last !== undefined && (last[0] === kind || content.trim() === '')) last[1] += content;
    else words.push([kind, content]);
  }
  return words;
}
