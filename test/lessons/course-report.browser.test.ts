/**
 * What a check in the page says, held in words against what it says in the terminal; and what an exercise
 * can do to the page, which is nothing. In a real Chromium, from disk; skipped where there is none.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findLesson } from '../../src/lesson/lesson.js';
import { type Report, reportOf } from '../../src/lesson/report.js';
import { runCheck } from '../../src/lesson/run-check.js';
import { failureReport } from '../../src/terminal/check-report.js';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { checkIn, demoIn, openCourse, wholeAnswer } from '../support/course.js';
import { folderOf, readIn } from '../support/lessons/files.js';
import type { WatchedPage } from '../support/page.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/lessons/course-report.browser.test.ts: ${NO_CHROMIUM}`);

const STREAM = folderOf('07-tcp-is-a-stream');
const LENGTHS = folderOf('11-lengths');

/** Lesson 7, with another body. */
const takeLines = (body: string): string =>
  `export function takeLines(kept: Uint8Array, bytes: Uint8Array) {\n  ${body}\n}\n`;

const SOURCES: readonly (readonly [what: string, lesson: number, source: string])[] = [
  ['what is handed out', 7, readIn(STREAM, 'exercise.ts')],
  ['values that differ', 7, wholeAnswer(STREAM, 'wrong/trims.ts')],
  ['bytes that differ', 11, wholeAnswer(LENGTHS, 'wrong/little-endian.ts')],
  ['what TypeScript cannot read', 7, takeLines('const a: any = (null;')],
  ['a name that is there twice', 7, takeLines('const a: any = 1; let b, a;')],
  [
    'a name that loopscope does not have',
    7,
    `import { joinByte } from 'loopscope';\n${takeLines('return joinByte([]);')}`,
  ],
  ['a missing export', 7, 'export const lines = 1;\n'],
  ['an export that is no function', 7, 'export const takeLines = 1;\n'],
  [
    'an exception',
    7,
    takeLines('const a: any = null; console.log("printed", 1);\n  return a as number, a.lines;'),
  ],
  ['a name that is not there', 7, takeLines('return joinBytes([kept, bytes]);')],
  [
    'a promise that is rejected and left alone',
    7,
    takeLines('void Promise.reject(new Error("no"));\n  return { lines: ["Hi"], kept };'),
  ],
  ['a promise that nothing settles', 7, `await new Promise(() => {});\n${takeLines('return 1;')}`],
  ['a loop without end', 7, takeLines('let n = 0;\n  while (true) n++;')],
];

describe.skipIf(chromium === null)('a check in the page', { timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-course-'));
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
    watched = await openCourse(browser);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await browser?.close();
  });

  test.each(SOURCES)('says what the terminal says of %s', async (_, number, source) => {
    const lesson = findLesson(number);
    if (lesson === undefined) throw new Error(`no lesson ${number}`);
    const exercise = join(folder, 'exercise.ts');
    writeFileSync(exercise, source);
    const result = await runCheck({ lesson, exercise });
    const report = reportOf({ lesson, result, file: 'exercise.ts', source });
    const inPage = await checkIn(watched.page, number, source);
    const told = (one: Report): string =>
      failureReport(one, { messages: lesson.messages(), columns: 80, replay: null });
    expect(told(inPage.report)).toBe(told(report));
    expect(inPage.report.replay).toEqual(report.replay);
    expect(inPage.report.detail).toEqual(report.detail);
  });

  test('and of what two engines see at other moments, the same in other numbers', async () => {
    const overflow = await checkIn(watched.page, 7, takeLines('return takeLines(kept, bytes);'));
    expect(overflow.said).toMatch(/^exercise\.ts, line \d, calls itself without end/);
    const flood = await checkIn(watched.page, 7, takeLines('for (;;) console.log("again");'));
    expect(flood.said).toBe('Stopped: exercise.ts, line 2, has printed too much.');
    expect(flood.report.output.length).toBeLessThan(9000);
  });

  test('hands over the run that failed, for the Scope, and where it failed', async () => {
    const { events, at } = await checkIn(watched.page, 7, wholeAnswer(STREAM, 'wrong/trims.ts'));
    expect(events).toBeGreaterThan(3);
    expect(at).toBeLessThan(events ?? 0);
  });

  test('ends a loop without end, and names its line', async () => {
    const { said, report } = await checkIn(
      watched.page,
      7,
      takeLines('let n = 0;\n  while (true) n++;'),
    );
    expect(said).toContain('exercise.ts, line 3, goes round without end');
    expect(report.detail).toMatchObject({ kind: 'line', line: 3, text: '  while (true) n++;' });
  });

  test.each([
    ['lists', 'const a = []; for (;;) a.push(new Array(1000).fill(1));'],
    ['bytes', 'const a = []; for (;;) a.push(new Uint8Array(1_000_000));'],
    ['texts', "const a = []; for (;;) a.push('x'.repeat(1000) + a.length);"],
    ['one list', 'return Array.from({ length: 300_000_000 }, (_, i) => ({ i }));'],
  ])('ends what fills the memory, with its line: %s', async (_, body) => {
    const { trouble, report } = await checkIn(watched.page, 7, takeLines(body));
    expect(trouble).toBe('memory');
    expect(report.detail).toMatchObject({ kind: 'line', line: 2 });
  });

  test('leaves the page free while it computes, and is stopped by who does not wait on', async () => {
    const endless = takeLines("return /^(a+)+$/.test('a'.repeat(60) + 'b');");
    const { trouble, said } = await checkIn(watched.page, 7, endless, 500);
    expect(trouble).toBe('stopped');
    expect(said).toContain('You stopped it: nothing more had come from the last step');
  });

  test('cannot change what it is held against, nor what it tells', async () => {
    const forged = `globalThis.postMessage = () => {};\nJSON.stringify = () => '{}';\n${readIn(STREAM, 'solution.ts')}`;
    expect((await checkIn(watched.page, 7, forged)).failure).toBeNull();
    const { failure } = await checkIn(
      watched.page,
      7,
      `self.onmessage = null;\n${takeLines('return { lines: [], kept };')}`,
    );
    expect(failure).toBe('wrong.whole-line');
  });

  test('a demo that was changed prints what it prints, and an error of it names its line', async () => {
    const { lines, run } = await demoIn(
      watched.page,
      7,
      "console.log('one\\ntwo');\nthrow new Error('three');\n",
    );
    expect(lines).toEqual(['one', 'two']);
    expect(run).toMatchObject({ ended: false, trouble: { kind: 'thrown', line: 2 } });
  });

  test('and the console stays empty', () => {
    expect(watched.seen).toEqual([]);
  });
});
