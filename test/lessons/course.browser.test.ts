/**
 * Every lesson in the page, in a real Chromium from disk with the network off: what is handed out is still
 * to do, each wrong answer hears its own message, each right one passes, and the demo prints what the
 * terminal's prints. Skipped where there is no Chromium.
 */

import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { checkIn, demoIn, openCourse, wholeAnswer } from '../support/course.js';
import { playDemo } from '../support/lessons/demo.js';
import { answersIn, folderOf, lessonNames, readIn } from '../support/lessons/files.js';
import { linesOf } from '../support/lessons/run.js';
import type { WatchedPage } from '../support/page.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/lessons/course.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('the course in Chromium', { timeout: 300_000 }, () => {
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
    watched = await openCourse(browser);
  });
  afterAll(() => browser?.close());

  describe.each(lessonNames())('lesson %s', (name) => {
    const folder = folderOf(name);
    const number = Number(name.slice(0, 2));

    test('as it is handed out, is still to do', async () => {
      const { failure } = await checkIn(watched.page, number, readIn(folder, 'exercise.ts'));
      expect(failure).toBe('trouble.todo');
    });

    test('hears of each wrong answer what is wrong, and of each right one that it is right', async () => {
      const came: Record<string, string | null> = {};
      const due: Record<string, string | null> = {};
      for (const answer of answersIn(folder).filter((path) => path !== 'exercise.ts')) {
        due[answer] = /^\/\/ refused: (\S+)\n/.exec(readIn(folder, answer))?.[1] ?? null;
        const run = await checkIn(watched.page, number, wholeAnswer(folder, answer));
        came[answer] = run.trouble === null ? run.failure : `${run.trouble}: ${run.said}`;
      }
      expect(came).toEqual(due);
    });

    test('has a demo that prints what the terminal’s prints', async () => {
      const { lines, run } = await demoIn(watched.page, number);
      expect(run.trouble).toBeNull();
      expect(lines).toEqual(linesOf((await playDemo(join(folder, 'demo.ts'), 'sim')).stdout));
    });
  });

  test('and the page has nothing to say in its console, and asks nobody for anything', () => {
    expect(watched.seen).toEqual([]);
  });
});
