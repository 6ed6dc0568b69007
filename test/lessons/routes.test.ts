/**
 * The routes of docs/teaching/routes.md. A table there with the columns `lessons` and `minutes` is
 * read, whatever else is in it; `lessons` has numbers and ranges (`0, 4, 7-9`, also as links),
 * `minutes` the sum of the lessons' own minutes. A column `of` says how many minutes the class has:
 *
 *     | route        | lessons    | minutes | of |
 *     | ------------ | ---------- | ------- | -- |
 *     | one lesson   | 0, 4, 13   | 45      | 45 |
 *     | day 1        | 0-4        | 80      | 90 |
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderOf, frontMatterOf, lessonNames } from '../support/lessons/files.js';
import { readRoutes, routeProblems } from '../support/lessons/routes.js';
import { ROOT } from '../support/lessons/run.js';

const path = join(ROOT, 'docs/teaching/routes.md');

if (existsSync(path)) {
  test('the routes take the minutes that they say', () => {
    const minutes = new Map(
      lessonNames().map((name) => {
        return [Number(name.slice(0, 2)), Number(frontMatterOf(folderOf(name))?.minutes)];
      }),
    );
    const routes = readRoutes(readFileSync(path, 'utf8'));
    expect(routes.length).toBeGreaterThan(0);
    expect(routeProblems(routes, minutes)).toEqual([]);
  });
}

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

  test('is wrong when it names no lesson', () => {
    expect(problems('| a | 0, 7 | 15 | 45 |')).toEqual(['line 4: there is no lesson 7']);
    expect(() => problems('| a | all | 45 | 45 |')).toThrow('line 4: no lessons: all');
    expect(() => problems('| a | 0 | an hour | 60 |')).toThrow('line 4: no minutes: an hour');
  });

  test('without the column "of" has only to add up', () => {
    const rows = '| lessons | minutes |\n| --- | --- |\n| 0, 1 | 35 |\n\n| other |\n| --- |\n| 0 |';
    expect(readRoutes(rows)).toEqual([{ line: 3, lessons: [0, 1], minutes: 35, of: 35 }]);
  });
});
