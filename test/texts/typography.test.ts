/**
 * The typography of the Chinese texts: a space between Chinese and Latin letters or digits, and the wide
 * punctuation behind Chinese. Programs, commands and what is quoted keep their own.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';

const ROOT = new URL('../../', import.meta.url);

/** What is wrong in a line of prose, each with what stands around it. */
function slips(line: string): string[] {
  const prose = line
    .replace(/<!--.*?-->/g, '')
    .replace(/`[^`]*`/g, (code) => (/\p{sc=Han}/u.test(code) ? '“”' : 'x'))
    .replace(/。\*\* /g, '。') // behind what is bold a space makes the mark count
    .replace(/\]\([^)]*\)|\*\*|\[/g, '')
    .replace(/“[^”]*”|"[^"]*"|'[^']*'|\{[^}]*\}/g, '“”'); // what is said, code, values
  const found = prose.matchAll(
    /.{0,6}(?:\p{sc=Han}[\w$]|[\w$]\p{sc=Han}|\p{sc=Han}[,;:!?()]|\p{sc=Han}\.(?!\w)|[，。；：？！（）、] (?=\p{sc=Han})|\p{sc=Han} [，。；：？！])/gu,
  );
  return [...found].map(([all]) => all);
}

/** The lines of prose of a Chinese file, by its kind. */
function proseOf(path: string, text: string): string[] {
  if (path.endsWith('.yaml')) return Object.values(parseYaml(text)).map(String);
  const body = text.replace(/^---\n.*?\n---\n/s, '').replace(/^```.*?^```$/gms, '');
  return body.split('\n').filter((line) => !line.startsWith('    ') && !line.startsWith('<!-- '));
}

/** What is wrong in a text of a table: a comma of English behind a value, too. */
function slipsInTable(text: string): string[] {
  const plain = text.replaceAll(/\{\w+, plural, ?|=?\w+ \{/g, '').replaceAll('#', '{n}');
  return [...plain.split('\n').flatMap(slips), ...(plain.match(/\}[,;:] .{0,6}/g) ?? [])];
}

/** Texts of the tables that are right as they are. */
const RIGHT: Readonly<Record<string, string>> = {
  'types.at': 'a place, as editors link it',
};

const tables = readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.zh.ts'));

const files = ['lessons', 'docs', 'examples']
  .flatMap((folder) => {
    const names = readdirSync(new URL(`${folder}/`, ROOT), { recursive: true, encoding: 'utf8' });
    return names.map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
  })
  .concat(readdirSync(ROOT))
  .filter((path) => /\.zh\.(md|yaml)$/.test(path));

describe('the typography of Chinese', () => {
  test.each(files)('is kept in %s', (path) => {
    const text = readFileSync(new URL(path, ROOT), 'utf8').replaceAll('\r\n', '\n');
    expect(proseOf(path, text).flatMap(slips)).toEqual([]);
  });

  test.each(tables)('is kept in %s', async (path) => {
    const all: object[] = Object.values(await import(/* @vite-ignore */ new URL(path, ROOT).href));
    const texts = all.flatMap((table) => Object.entries(table));
    const wrong = texts.flatMap(([key, text]) =>
      key in RIGHT || typeof text !== 'string'
        ? []
        : slipsInTable(text).map((slip) => `${key}: ${slip}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ['{a}: {b}', ['}: {b}']],
    ['{n, plural, =0 {没有} other {找到 # 处}}', []],
    ['共 {n} 个, 完', ['共 “” 个,']],
  ])('%s has its slips found, in a table', (text, found) => {
    expect(slipsInTable(text)).toEqual(found);
  });

  test.each([
    ['一次recv 得到', ['一次r']],
    ['得到 3个字节', ['得到 3个']],
    ['有人说话, 有人离开', ['有人说话,']],
    ['有人说话。 有人离开', ['有人说话。 ']],
    ['用 `recv` 取走，共 3<!--= n --> 步', []],
    ['说“你好, 小明”', []],
  ])('%s has its slips found', (line, found) => {
    expect(slips(line)).toEqual(found);
  });
});
