// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources stand here as texts
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/texts/language.js';
import { fill } from '../../src/texts/say.js';
import { answers } from '../../src/texts/serve.en.js';
import type { Sources } from '../support/floors.js';
import { isTable } from '../support/sentences.js';
import {
  deadTexts,
  type Table,
  tableOf,
  translationProblems,
  unsaidTables,
  untranslated,
  valuesIn,
} from '../support/text-tables.js';

const ROOT = new URL('../../', import.meta.url);

/** TypeScript of some folders, by its path. */
function filesIn(...folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' })
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
      .sort(),
  );
}

const paths = filesIn('src', 'lessons');
const sources: Sources = new Map(
  paths.map((path) => [path, readFileSync(new URL(path, ROOT), 'utf8')]),
);
const tables: Table[] = await Promise.all(
  paths
    .filter(isTable)
    .map(async (path) => tableOf(path, await import(/* @vite-ignore */ new URL(path, ROOT).href))),
);

/** What the page's server answers: it goes over the wire, and no viewer says it again. */
const NEVER_SAID = Object.keys(answers);

describe('the tables of texts', () => {
  test('are found by the names of their files', () => {
    expect(tables.map(({ path }) => path)).toContain('src/texts/steps.en.ts');
    expect(tables.filter(({ texts }) => Object.keys(texts).length === 0)).toEqual([]);
  });

  test('have no text that nobody says', () => {
    expect(deadTexts(tables, sources)).toEqual([]);
  });

  test('are written in the form that can be filled in', () => {
    for (const { texts } of tables) {
      for (const text of Object.values(texts)) {
        const names = valuesIn(text).split(' ');
        for (const n of [0, 1, 2, 5])
          fill(text, Object.fromEntries(names.map((name) => [name, n])));
      }
    }
  });

  test('of other languages have no other keys and values than the English ones', () => {
    expect(translationProblems(tables).filter((one) => !one.includes(' lacks '))).toEqual([]);
  });

  test.each(LANGUAGES)('of %s, which is offered, are all there', (language) => {
    expect(untranslated(tables, language)).toEqual([]);
    const own = tables.filter((table) => table.language === language || table.language === 'en');
    const lacks = translationProblems(own).filter(
      (one) => !NEVER_SAID.includes(one.split(' ').at(-1) ?? ''),
    );
    expect(lacks).toEqual([]);
  });

  test('of a language that is offered are said wherever the English ones are', () => {
    expect(unsaidTables(LANGUAGES, sources)).toEqual([]);
  });
});

describe('the check finds', () => {
  const english = tableOf('a/b.en.ts', { b: { one: 'the {peer} has gone', two: 'nobody' } });

  test('a key that a language lacks, and one that is too many', () => {
    const other = tableOf('a/b.zh.ts', { b: { one: '{peer} 走了', three: '没有人' } });
    expect(translationProblems([english, other])).toEqual([
      'a/b.zh.ts lacks two',
      'a/b.zh.ts has three too many',
    ]);
  });

  test('other values', () => {
    const b = { one: '{who} 走了', two: '{n, plural, other {# 人}}' };
    expect(translationProblems([english, tableOf('a/b.zh.ts', { b })])).toEqual([
      'a/b.zh.ts has other values in one: who, not peer',
      'a/b.zh.ts has other values in two: n, not ',
    ]);
  });

  test('no value that lacks where it only decides between two forms of a word', () => {
    const b = { b: { one: '{exact} {n, plural, one {byte} other {bytes}}' } };
    const other = tableOf('a/d.zh.ts', { b: { one: '{exact} 字节' } });
    expect(translationProblems([tableOf('a/d.en.ts', b), other])).toEqual([]);
  });

  test('a table without its like in the other language', () => {
    const lone = tableOf('a/c.zh.ts', { c: { one: '一' } });
    expect(translationProblems([english, lone])).toEqual([
      'a/c.zh.ts has no English table beside it',
    ]);
    expect(untranslated([english, lone], 'zh')).toEqual(['a/b.en.ts']);
  });

  test('a table of another language that is not said beside the English one', () => {
    const source = (text: string): Sources => new Map([['c/d.ts', text]]);
    const wrong = ['c/d.ts: { en: b } lacks zh'];
    expect(unsaidTables(['en', 'zh'], source('speaker({ en: b }, language)'))).toEqual(wrong);
    expect(unsaidTables(['en', 'zh'], source('speaker({ en: b, zh: c }, language)'))).toEqual([]);
    expect(unsaidTables(['en'], source('speaker({ en: b }, language)'))).toEqual([]);
  });

  test('a text that nobody says', () => {
    const source = (text: string): Sources => new Map([['a/d.ts', text]]);
    expect(deadTexts([english], source("say('one'); say('three');"))).toEqual(['a/b.en.ts: two']);
    expect(deadTexts([english], source('say(`${part}e`); say(`t${rest}`);'))).toEqual([]);
    expect(deadTexts([english], source('say(`${part}`);'))).toHaveLength(2);
  });
});
