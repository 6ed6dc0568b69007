/**
 * The site of guides, lessons and reference, as typedoc makes it: what leads nowhere, what is cut off,
 * what its search finds, and what its entrance says.
 */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { brokenLinks } from '../../tools/site-links.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { ROOT } from '../support/lessons/run.js';

const folder = mkdtempSync(join(tmpdir(), 'loopscope-site-'));
const site = join(folder, 'site');
const addressOf = (page: string): string => pathToFileURL(join(site, page)).href;
/** Typedoc reads all sources: slow where much else runs. */
const LIMIT_MS = 300_000;

/**
 * What is wider than its room, and shows neither a bar nor a shade at its side. Half a letter is 4 px: less
 * is room behind the last one, for which Chromium shows no bar.
 */
const CUT_OFF = `[...document.querySelectorAll('.col-content *')]
  .filter((one) => one.scrollWidth > one.clientWidth + 4 && one.clientWidth > 0)
  .filter((one) => {
    const { display, overflowX, backgroundAttachment } = getComputedStyle(one);
    if (display === 'inline' || overflowX === 'visible') return false;
    const isCode = one.matches('pre:has(> code[class]:not(.text)), .tsd-signature');
    const hasShade = backgroundAttachment.includes('local') && !isCode;
    return !hasShade && one.offsetHeight - one.clientHeight < 8;
  })
  .map((one) => one.tagName + ': ' + one.textContent.slice(0, 40))`;

beforeAll(() => {
  const typedoc = join(ROOT, 'node_modules/typedoc/bin/typedoc');
  execFileSync(process.execPath, ['--import', 'tsx', typedoc, '--out', site], {
    cwd: ROOT,
    stdio: 'pipe',
  });
}, LIMIT_MS);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the links of the site', () => {
  test('lead somewhere, in pages and to places in them', () => {
    expect(brokenLinks(site)).toEqual([]);
  });

  test('are found where they do not', () => {
    const small = join(folder, 'small');
    mkdirSync(join(small, 'a'), { recursive: true });
    writeFileSync(join(small, 'index.html'), '<p id="top"><a class="x" href="a/b.html#c">b</a>');
    writeFileSync(
      join(small, 'a/b.html'),
      '<a href="../index.html#top"><a href="../index.html#end"><a href="#d"><img src="p.svg"><a href="https://a.test/#e">',
    );
    expect(brokenLinks(small)).toEqual([
      'index.html: a/b.html#c',
      'a/b.html: ../index.html#end',
      'a/b.html: #d',
      'a/b.html: p.svg',
    ]);
  });

  test('lead from each lesson to what it imports, and back', () => {
    const lessons = readdirSync(join(site, 'documents')).filter((name) => /^lesson-\d/.test(name));
    expect(lessons.length).toBeGreaterThan(20);
    for (const lesson of lessons) {
      const html = readFileSync(join(site, 'documents', lesson), 'utf8');
      const [, behind = ''] = html.split(/<h2[^>]*>(?:In the reference|参考里的条目)/);
      const links = [...behind.matchAll(/href="\.\.\/([\w/.-]+\.html)"/g)].map(([, path]) => path);
      const targets = links.filter((path) =>
        /^(classes|functions|interfaces|types|variables)\//.test(path ?? ''),
      );
      expect(targets.length, lesson).toBeGreaterThan(0);
      for (const target of new Set(targets)) {
        expect(readFileSync(join(site, `${target}`), 'utf8')).toContain(`documents/${lesson}`);
      }
    }
  });
});

describe('the documents of the site', () => {
  const names = (): string[] => readdirSync(join(site, 'documents'));
  const read = (name: string): string => readFileSync(join(site, 'documents', name), 'utf8');

  test('are there in both languages, but for the changelog, and the README, which is the entrance', () => {
    const own = names().filter((name) => name.endsWith('.zh.html'));
    const english = names().filter((name) => !own.includes(name));
    const there = own.map((name) => name.replace('.zh', ''));
    expect(there.sort()).toEqual(
      [...english, 'readme.html'].filter((name) => name !== 'changelog.html').sort(),
    );
  });

  test('say which language they are in, and lead to the other', () => {
    for (const own of names().filter((name) => name.endsWith('.zh.html'))) {
      const english = own === 'readme.zh.html' ? '../index.html' : own.replace('.zh', '');
      expect(read(own), own).toMatch(/<html[^>]* lang="zh-Hans-CN"/);
      expect(read(english), own).toMatch(/<html[^>]* lang="en"/);
      expect(read(own), own).toMatch(
        new RegExp(`<a href="(\\.\\./documents/)?${english}"[^>]*>English</a>`),
      );
      expect(read(english), own).toMatch(
        new RegExp(`<a href="(\\.\\./)?(documents/)?${own}"[^>]*>中文</a>`),
      );
    }
  });
});

describe.skipIf(findChromium() === null)(`a reader (${NO_CHROMIUM})`, { timeout: LIMIT_MS }, () => {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await openChromium({ scrollBars: true });
  }, LIMIT_MS);
  afterAll(() => browser?.close());

  /** A page of some width; a phone has bars that one does not see. */
  async function open(width: number, isMobile: boolean): Promise<Page> {
    const page = await browser?.newPage({ viewport: { width, height: 844 }, isMobile });
    if (page === undefined) throw new Error(NO_CHROMIUM);
    return page;
  }

  const cutOff = (page: Page): Promise<string[]> => page.evaluate(CUT_OFF);

  const pages = (): string[] => [
    'index.html',
    ...['documents', 'classes'].flatMap((kind) =>
      readdirSync(join(site, kind)).map((name) => `${kind}/${name}`),
    ),
  ];

  test.each([
    [390, true],
    [390, false],
    [1280, false],
  ])(
    'sees that there is more wherever something is cut at %i px, on a phone: %s',
    async (width, phone) => {
      const page = await open(width, phone);
      for (const path of pages()) {
        await page.goto(addressOf(path));
        expect(await cutOff(page), path).toEqual([]);
        const wider = await page.evaluate<number>(
          'document.documentElement.scrollWidth - innerWidth',
        );
        expect(wider, path).toBeLessThanOrEqual(0);
      }
      await page.close();
    },
  );

  test('sees a Chinese character take two columns in a picture', async () => {
    const page = await open(1280, false);
    await page.goto(addressOf('documents/lesson-by-lesson.zh.html'));
    const columns = await page.evaluate<number[]>(`(() => {
      const letters = document.querySelectorAll('pre .wide');
      const first = document.createElement('span');
      first.textContent = '0';
      letters[0].parentElement.append(first);
      const { width } = first.getBoundingClientRect();
      return [...letters].map((one) => one.getBoundingClientRect().width / width);
    })()`);
    expect(columns.length).toBeGreaterThan(200);
    for (const width of columns) expect(width).toBeCloseTo(2, 1);
    await page.close();
  });

  test.each([390, 1280])('is told in one screen where to begin, at %i px', async (width) => {
    const page = await open(width, width < 770);
    await page.goto(addressOf('index.html'));
    const [list] = await page.locator('.tsd-typography ul').all();
    expect(await list?.locator('a').count()).toBe(5);
    const { y = 0, height = 0 } = (await list?.boundingBox()) ?? {};
    expect(y + height).toBeLessThan(844);
    await page.close();
  });

  test('finds a lesson by its ideas, and a document by Chinese words', async () => {
    const page = await open(1280, false);
    await page.goto(addressOf('index.html'));
    await page.click('#tsd-search-trigger');
    for (const [words, lesson] of [
      ['masking', '12. Masking'],
      ['backpressure', '17. The slow reader'],
      ['why does select return', '4. What select promises'],
      ['utf-8', '16. UTF-8 across fragments'],
      ['close code', '15. Control frames'],
      ['half close', '6. Recv, and zero bytes'],
      ['掩码', '12. 掩码'],
      ['握手', '15. 控制帧'],
      ['描述符', '0. 你好，轨迹'],
      ['为什么阻塞', '3. 阻塞'],
      ['TCP字节流', '7. TCP 是字节流'],
    ] as const) {
      await page.fill('#tsd-search-input', words);
      const first = page.locator('#tsd-search-results a').first();
      await expect
        .poll(async () => (await first.textContent())?.trim(), {
          message: words,
          timeout: LIMIT_MS,
        })
        .toBe(lesson);
    }
    await page.close();
  });
});
