/**
 * The teacher's guides, as far as they tell of the lessons: titles, answers, mistakes, and what prints.
 * Their minutes, links and commands are checked in test/lessons.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { findLesson } from '../../src/lesson/lesson.js';
import { ROUTES } from '../../src/lesson/routes.js';
import type { Language } from '../../src/texts/language.js';
import { folderOf, lessonNames, messagesOf, readIn } from '../support/lessons/files.js';
import { type Block, readMarkdown } from '../support/lessons/markdown.js';
import { readRoutes } from '../support/lessons/routes.js';
import { ROOT } from '../support/lessons/run.js';

const TEACHING = join(ROOT, 'docs/teaching');
const LESSONS = lessonNames();

/** The guide in each language, and what it says before an answer, mistakes and what may be left out. */
const GUIDES = [
  {
    name: 'lesson-by-lesson.md',
    language: 'en',
    answer: 'The question:',
    expect: 'Expect',
    cut: 'Cut',
  },
  {
    name: 'lesson-by-lesson.zh.md',
    language: 'zh',
    answer: '答案是',
    expect: '会犯的错',
    cut: '可以删的',
  },
] as const;

describe.each(GUIDES)('$name', ({ name: file, language, answer: said, expect: mistakes, cut }) => {
  const guide = readFileSync(join(TEACHING, file), 'utf8');
  const point = language === 'zh' ? '。' : '.';
  const headingOf = (name: string): string => {
    const number = Number(name.slice(0, 2));
    return `${number}. ${findLesson(number, language)?.title}`;
  };

  /** A lesson's part of the guide, without its heading. */
  const partOf = (name: string): string => {
    const [, behind = ''] = guide.split(`\n## ${headingOf(name)}\n`);
    return behind.split('\n## ')[0] ?? '';
  };

  test('has a part for each lesson and no other, in order', () => {
    const headings = [...guide.matchAll(/^## (.*)$/gm)].map(([, text]) => text);
    expect(headings).toEqual(LESSONS.map(headingOf));
  });

  test.each(LESSONS)('%s: the answer is that of the lesson', (name) => {
    const [, answer] = /<!-- answer: (\w),/.exec(readIn(folderOf(name), 'lesson.md')) ?? [];
    expect(partOf(name)).toContain(`**${said} ${answer}${point}**`);
  });

  test.each(LESSONS)('%s: the mistakes have messages in its check', (name) => {
    const keys = [...partOf(name).matchAll(/`(wrong\.[a-z-]+)`/g)].map(([, key]) => key);
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(Object.keys(messagesOf(folderOf(name), language))).toEqual(expect.arrayContaining(keys));
  });

  test.each(LESSONS)('%s: has a picture of at most 72 columns, and something to cut', (name) => {
    const part = partOf(name);
    const [picture] = readMarkdown(part).blocks as [Block];
    expect(picture.lines.length).toBeGreaterThanOrEqual(2);
    for (const line of picture.lines) expect(stringWidth(line)).toBeLessThanOrEqual(72);
    expect(part).toContain(`\n**${mistakes}${point}**\n`);
    expect(part).toContain(`\n**${cut}${point}** `);
  });
});

describe('the handout', () => {
  const pagesOf = (text: string): string[] => text.split('<section>').slice(1);
  const rows = (page = ''): string[] =>
    [...page.matchAll(/<tr><td>(\d+)<\/td><td>([^<]*)<\/td>/g)].map(
      ([, n, title]) => `${n} ${title}`,
    );
  const expected = (lessons: readonly number[], language: Language): string[] =>
    lessons.map((n) => `${n} ${findLesson(n, language)?.title}`);
  const routes = readRoutes(readFileSync(join(TEACHING, 'routes.md'), 'utf8'));
  // the last two are the four days together, and for who learns alone, without a class and its handout
  const [short = [], long = [], ...days] = routes.slice(0, -2).map(({ lessons }) => lessons);

  test.each([
    ['handout.html', 'en'],
    ['handout.zh.html', 'zh'],
  ] as const)(
    '%s has a page for each route, with its lessons and their titles',
    (name, language) => {
      const all = [short, long, days.flat()];
      const pages = pagesOf(readFileSync(join(TEACHING, name), 'utf8'));
      expect(pages.map(rows)).toEqual(all.map((one) => expected(one, language)));
    },
  );

  test.each([
    ['handout.html', 'at home: ', ['45', '90', '4x90']],
    ['handout.zh.html', '在家做：', ['45', '90', '4x90']],
  ])(
    '%s sends home the exercises for which a route has no time, and no others',
    (name, word, of) => {
      const pages = pagesOf(readFileSync(join(TEACHING, name), 'utf8'));
      for (const [i, route] of of.entries()) {
        const cells = [
          ...(pages[i] ?? '').matchAll(/<tr><td>(\d+)<\/td>(?:<td>[^<]*<\/td>){2}<td>([^<]*)</g),
        ];
        const home = cells
          .filter(([, , exercise]) => exercise?.startsWith(word))
          .map(([, n]) => Number(n));
        const stops = ROUTES.get(route)?.stops ?? [];
        expect(home).toEqual(stops.filter(({ exercise }) => !exercise).map(({ lesson }) => lesson));
      }
    },
  );

  test.each(['handout.html', 'handout.zh.html'])(
    '%s is for the page too, on each of its pages',
    (name) => {
      for (const page of pagesOf(readFileSync(join(TEACHING, name), 'utf8'))) {
        expect(page).toMatch(/<b>(Learn|学)<\/b>.*npx loopscope check N/s);
      }
    },
  );
});
