/**
 * The routes of docs/teaching/routes.md, in both languages. A table there with the columns `lessons` and
 * `minutes` is read, whatever else is in it; `lessons` has numbers and ranges (`0, 4, 7-9`, also as
 * links), `minutes` the sum of the lessons' own minutes. A column `of` says how many minutes the class has:
 *
 *     | route        | lessons    | with their exercises | minutes | of |
 *     | ------------ | ---------- | -------------------- | ------- | -- |
 *     | one lesson   | 0, 4, 13   | 0, 4                 | 45      | 45 |
 *
 * The commands know some of them too, src/lesson/routes.ts; both are held together.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lessonNumbers } from '../../src/lesson/lesson.js';
import { Progress } from '../../src/lesson/progress.js';
import { nextStop, ROUTES, type Route } from '../../src/lesson/routes.js';
import { isTextKey, speak, textKeys } from '../../src/lesson/texts.js';
import { folderOf, frontMatterOf, lessonNames } from '../support/lessons/files.js';
import { readRoutes, routeProblems } from '../support/lessons/routes.js';
import { ROOT } from '../support/lessons/run.js';

/** The guide in each language, and how it says of a bridge where it stands. */
const GUIDES = [
  {
    guide: 'routes.md',
    language: 'en',
    before: (lesson: number, of: number | null) =>
      `**Before lesson ${lesson}, in ${of} minutes.** `,
  },
  {
    guide: 'routes.zh.md',
    language: 'zh',
    before: (lesson: number, of: number | null) => `**${of} 分钟的路线，第 ${lesson} 课之前。** `,
  },
] as const;
const textOf = (guide: string): string => {
  return readFileSync(join(ROOT, 'docs/teaching', guide), 'utf8');
};

test.each(GUIDES)('the routes take the minutes that they say: $guide', ({ guide }) => {
  const minutes = new Map(
    lessonNames().map((name) => {
      return [Number(name.slice(0, 2)), Number(frontMatterOf(folderOf(name))?.minutes)];
    }),
  );
  const routes = readRoutes(textOf(guide));
  expect(routes).toHaveLength(8);
  expect(routeProblems(routes, minutes)).toEqual([]);
});

describe('a table of routes', () => {
  const minutes = new Map([
    [0, 15],
    [1, 20],
    [2, 10],
  ]);
  const table = (...rows: string[]): string =>
    ['text', '| Route | Lessons | Minutes | Of |', '| --- | --- | --: | --- |', ...rows].join('\n');
  const problems = (...rows: string[]): string[] =>
    routeProblems(readRoutes(table(...rows)), minutes);

  test('is right when the minutes add up', () => {
    expect(problems('| a | 0, 2 | 25 | 45 |', '| b | 0-2 | 45 | 45 |')).toEqual([]);
    expect(problems('| a | [0](x.md), [1–2](y.md) | 45 | 45 |')).toEqual([]);
  });

  test('is wrong when they do not, or are more than there are', () => {
    expect(problems('| a | 0, 1 | 30 | 90 |')).toEqual([
      'line 4: the lessons take 35 minutes, not 30',
    ]);
    expect(problems('| a | 0-2 | 45 | 40 |')).toEqual(['line 4: 45 minutes do not fit into 40']);
  });

  test('counts five minutes for a lesson without its exercise', () => {
    const head = '| lessons | with their exercises | minutes |\n| --- | --- | --- |';
    const problems = (row: string) => routeProblems(readRoutes(`${head}\n${row}`), minutes);
    expect(problems('| 0-2 | 0, 2 | 30 |')).toEqual([]);
    expect(problems('| 0, 2 | 0, 1 | 30 |')).toEqual(['line 3: lesson 1 is not on the route']);
  });

  test('is wrong when it names no lesson', () => {
    expect(problems('| a | 0, 7 | 15 | 45 |')).toEqual(['line 4: there is no lesson 7']);
    expect(() => problems('| a | all | 45 | 45 |')).toThrow('line 4: no lessons: all');
    expect(() => problems('| a | 0 | an hour | 60 |')).toThrow('line 4: no minutes: an hour');
  });

  test('without the column "of" has only to add up', () => {
    const rows = '| lessons | minutes |\n| --- | --- |\n| 0, 1 | 35 |\n\n| other |\n| --- |\n| 0 |';
    const [lessons, exercises] = [
      [0, 1],
      [0, 1],
    ];
    expect(readRoutes(rows)).toEqual([{ line: 3, lessons, exercises, minutes: 35, of: 35 }]);
  });
});

/** What stands on a line of its own in one place, and is broken in another. */
const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');

describe.each([...ROUTES.values()])('the route $name', ({ name, of, stops }) => {
  const numbers = stops.map(({ lesson }) => lesson);
  const needsOf = (lesson: number): number[] => {
    const folder =
      lessonNames().find((candidate) => Number(candidate.slice(0, 2)) === lesson) ?? '';
    return frontMatterOf(folderOf(folder))?.needs as number[];
  };

  test.each(GUIDES)('stands in $guide, with the same lessons and exercises', ({ guide }) => {
    const exercises = stops.filter(({ exercise }) => exercise).map(({ lesson }) => lesson);
    const rows = readRoutes(textOf(guide));
    const row = rows.find(({ lessons }) => lessons.join() === numbers.join());
    expect(row).toMatchObject({ lessons: numbers, exercises });
    if (of !== null) expect(row?.of).toBe(of);
    expect(textOf(guide)).toContain(`\`${name}\``);
  });

  test('has what its lessons need, or a bridge', () => {
    for (const [i, { lesson, bridge }] of stops.entries()) {
      const before = numbers.slice(0, i);
      const missing = needsOf(lesson).filter((needed) => !before.includes(needed));
      if (bridge === null) expect({ lesson, missing }).toEqual({ lesson, missing: [] });
    }
  });

  test('has a bridge wherever it leaves lessons out, and nowhere else; the guides have it too', () => {
    for (const [i, { lesson, bridge }] of stops.entries()) {
      const last = numbers[i - 1] ?? -1;
      const isOver = lessonNumbers().some((number) => last < number && number < lesson);
      expect({ lesson, bridged: bridge !== null }).toEqual({ lesson, bridged: isOver });
      if (bridge === null) continue;
      expect(bridge).toBe(`bridge.${last}-${lesson}`);
      const text = speak()(bridge);
      const [first] = text.split('.');
      expect(first?.match(/\d+/g)?.map(Number)).toEqual([...new Set([last + 1, lesson - 1])]);
      for (const { guide, language, before } of GUIDES) {
        const said = `${before(lesson, of)}${speak(language)(bridge)}`;
        expect(inOneLine(textOf(guide))).toContain(said);
      }
    }
  });
});

test('who learns alone, and who reads the README, is told of every lesson', () => {
  const last = lessonNumbers().at(-1);
  expect(ROUTES.get('alone')?.stops.map(({ lesson }) => lesson)).toEqual(lessonNumbers());
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(`the lessons, 0 to ${last} |`);
});

test('no bridge leads nowhere', () => {
  const used = [...ROUTES.values()].flatMap(({ stops }) => stops.map(({ bridge }) => bridge));
  for (const key of textKeys().filter((key) => /^bridge\./.test(key))) {
    expect(isTextKey(key) && used.includes(key), key).toBe(true);
  }
});

describe('what comes next on a route', () => {
  const route = ROUTES.get('90') as Route;

  test('is the first lesson not begun, then the first exercise not passed, then nothing', () => {
    const progress = new Progress();
    const next = (): number | undefined => nextStop(route, progress)?.lesson;
    const met: (number | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      met.push(next());
      progress.begin(next() ?? -1);
    }
    expect(met).toEqual([0, 3, 4, 7, 9, 13]);
    progress.check(0, null);
    progress.check(4, 'wrong');
    progress.check(13, null);
    expect(next()).toBe(4);
    progress.check(4, null);
    progress.check(7, null);
    expect(next()).toBeUndefined();
  });

  test('is kept with what was done', () => {
    const progress = new Progress();
    expect(JSON.parse(progress.toText())).not.toHaveProperty('route');
    progress.route = '90';
    expect(JSON.parse(progress.toText()).route).toBe('90');
  });
});
