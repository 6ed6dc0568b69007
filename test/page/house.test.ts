import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { say, TEXTS, type TextKey, timeOf } from '../../src/page/texts.js';
import { highlightAll, PAGE_SOURCES } from '../../tools/page-sources.js';
import { wayToNode } from '../support/floors.js';

const SRC = new URL('../../src/', import.meta.url);
const paths = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path));
const texts = new Map(paths.map((path) => [path, readFileSync(new URL(path, SRC), 'utf8')]));
const page = [...texts].filter(([path]) => path.startsWith('page/'));

describe('the house of the page', () => {
  test.each([
    'innerHTML',
    'outerHTML',
    'insertAdjacentHTML',
    'document.write',
    'eval(',
    'new Function',
  ])('nothing in it makes markup or code out of text: no %s', (word) => {
    expect(page.length).toBeGreaterThan(20);
    expect(page.filter(([, text]) => text.includes(word)).map(([path]) => path)).toEqual([]);
    expect(page.filter(([, text]) => /dangerouslySet/i.test(text))).toEqual([]);
  });

  test('it needs nothing of Node, and of the lessons what the course and its view take', () => {
    // the checker of floors knows .ts only
    const sources = new Map([...texts].map(([path, text]) => [path.replace(/x$/, ''), text]));
    expect(wayToNode(sources, 'page/main.ts')).toBeNull();
    expect(wayToNode(sources, 'page/course/main.ts')).toBeNull();
    expect(wayToNode(sources, 'page/course/worker.ts')).toBeNull();
    expect(wayToNode(sources, 'page/mine/main.ts')).toBeNull();
    expect(wayToNode(sources, 'page/mine/worker.ts')).toBeNull();
    const ofLessons = page.filter(([, text]) => /from '(\.\.\/)+lesson\//.test(text));
    const outside = ofLessons
      .map(([path]) => path)
      .filter((path) => !/^page\/(course|lessons)\//.test(path));
    expect(outside).toEqual([]);
  });

  test('nobody imports a view but the table of views', () => {
    const importers = page
      .filter(([, text]) => /from '\.\.\/\w+\/view\.js'|from '\.\/view\.js'/.test(text))
      .map(([path]) => path);
    expect(importers).toEqual(['page/shell/views.ts']);
  });

  test('a component holds no text of its own', () => {
    const bare = page
      .filter(([path]) => path.endsWith('.tsx'))
      .flatMap(([path, text]) =>
        [...text.matchAll(/(?:aria-label|title|placeholder|alt)="([^"]*\p{L}[^"]*)"/gu)].map(
          ([, words]) => `${path}: ${words}`,
        ),
      );
    expect(bare).toEqual([]);
  });

  test('index.html asks for nothing but its own files, and forbids the rest', () => {
    const html = readFileSync(new URL('page/index.html', SRC), 'utf8');
    expect(
      [...html.matchAll(/(?:src|href)="([^"]*\p{L}[^"]*)"/gu)].map(([, to]) => to).sort(),
    ).toEqual(['icon.svg', 'page.css', 'page.js']);
    expect(html).toContain("default-src 'none'; script-src 'self' file:;");
    expect(html).not.toContain('unsafe');
  });
});

describe('the texts', () => {
  test('have their values filled in, and leave what has none', () => {
    expect(say('walk.where', { position: 3, length: 9 })).toBe('step 3 of 9');
    expect(say('walk.where', { position: '{length}', length: 9 })).toBe('step {length} of 9');
    expect(say('walk.at-turn')).toBe('turn {turn}');
  });

  test.each([
    [3.741, '3.74 ms'],
    [999.9, '999.90 ms'],
    [3_204, '3.20 s'],
    [275_475.87, '4 min 35 s'],
    [7_800_000, '2 h 10 min'],
  ])('say %d ms as people do', (ms, text) => {
    expect(timeOf(ms)).toBe(text);
  });

  test('are none of them empty', () => {
    const empty = (Object.keys(TEXTS) as TextKey[]).filter((key) => say(key).trim() === '');
    expect(empty).toEqual([]);
  });
});

describe('the sources', () => {
  test('are the files themselves, word for word, with the lines of their steps', async () => {
    const files = await highlightAll();
    expect(Object.keys(files)).toEqual([...PAGE_SOURCES]);
    for (const [path, { lines, regions }] of Object.entries(files)) {
      const text = readFileSync(new URL(`../${path}`, SRC), 'utf8').split('\n');
      for (const { number, words } of lines) {
        expect(words.map(([, word]) => word).join('')).toBe(text[number - 1]);
      }
      for (const { from, to } of regions) {
        expect(text[from - 2]).toContain('// #region ');
        expect(text[to]).toContain('// #endregion');
      }
    }
    const php = files['examples/php/server.php'];
    const region = php?.regions.find(({ name }) => name === 'recv');
    if (php === undefined || region === undefined) throw new Error('the PHP has no recv');
    // the marks themselves are not shown
    expect(php.lines.map(({ number }) => number)).not.toContain(region.from - 1);
    const kinds = new Set(php.lines.flatMap(({ words }) => words.map(([kind]) => kind)));
    for (const kind of ['k', 'c', 's', 'n', 'f'] as const) expect(kinds).toContain(kind);
  });
});
