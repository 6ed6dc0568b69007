/**
 * My server in the built page, in a real Chromium, from disk and offline: a student's way from no part to
 * four, what it plays, and parts that go wrong. Skipped where there is no Chromium.
 */

import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { allLessons } from '../../src/lesson/lesson.js';
import { Progress } from '../../src/lesson/progress.js';
import { PARTS } from '../../src/mine/parts.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { wholeAnswer } from '../support/course.js';
import { scrollsSideways, seriousFindings } from '../support/page.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/mine.browser.test.ts: ${NO_CHROMIUM}`);

const folders = new Map(allLessons().map(({ number, folder }) => [number, folder]));

const folderOf = (lesson: number): string => folders.get(lesson) ?? '';

const solutionOf = (lesson: number): string => wholeAnswer(folderOf(lesson), 'solution.ts');

/** What a browser keeps of a student who passed these lessons. */
function kept(answers: Readonly<Record<number, string>>): Record<string, string> {
  const progress = new Progress();
  const texts: Record<string, string> = {};
  for (const [lesson, answer] of Object.entries(answers)) {
    progress.begin(Number(lesson));
    progress.check(Number(lesson), null);
    texts[`loopscope.exercise.${lesson}`] = JSON.stringify(answer);
  }
  return { ...texts, 'loopscope.progress': JSON.stringify(progress.toText()) };
}

const solved = (...lessons: number[]): Record<number, string> =>
  Object.fromEntries(lessons.map((lesson) => [lesson, solutionOf(lesson)]));

/** Four parts: what a student has behind lesson 13, who left some exercises out. */
const FOUR = [5, 9, 12, 13];

/** What a regular expression does without end, and no loop: nobody can count it. */
const NO_LOOP = `export function acceptKey(key: string): string {
  return /^(a+)+$/.test('a'.repeat(64) + key) ? '' : '';
}
`;

const WRONG: Readonly<Record<string, readonly [source: string, says: RegExp]>> = {
  'goes round without end': [
    'export function broadcast() { for (;;); }\n',
    /lesson 13, broadcast.*a loop without end, the kit goes on/,
  ],
  throws: [
    "export function broadcast() { throw new Error('not today'); }\n",
    /lesson 13, broadcast.*not today.*it threw, the kit goes on/,
  ],
  'calls itself without end': [
    'export function broadcast(): void { broadcast(); }\n',
    /lesson 13, broadcast.*it threw, the kit goes on/,
  ],
  'asks for all memory': [
    'export function broadcast() { const all = []; for (;;) all.push(new Uint8Array(2 ** 27)); }\n',
    /lesson 13, broadcast.*asked for more than 512 MiB/,
  ],
  'sends to nobody': [
    'export function broadcast() { return []; }\n',
    /lesson 13, broadcast.*not what is due, the kit goes on/,
  ],
  'is no program': ['export function broadcast( {\n', /lesson 13 could not be taken: line \d+: /],
  'is refused by the engine': [
    'export function broadcast() {}\nlet a = 1;\nlet a = 2;\n',
    /lesson 13 could not be taken: line \d: /,
  ],
  'is gone': ['export const other = 1;\n', /could not be taken: it does not export broadcast/],
  'goes round while it is loaded': [
    'for (;;);\nexport function broadcast() {}\n',
    /could not be taken: 13-broadcast\/exercise.ts:1 went round/,
  ],
  'awaits what never comes': [
    'await new Promise(() => {});\nexport function broadcast() {}\n',
    /could not be taken: it awaits something that never comes/,
  ],
};

describe.skipIf(chromium === null)('my server, in Chromium, from disk and offline', () => {
  const openWatched = watchedPages();

  /** Opens the page as a student has it who passed these lessons. */
  async function open(
    hash: string,
    answers: Readonly<Record<number, string>>,
    options = {},
  ): Promise<Page> {
    const page = await openWatched('#view=chat', options);
    await page.evaluate(
      `Object.entries(${JSON.stringify(kept(answers))}).forEach(([key, text]) => localStorage.setItem(key, text))`,
    );
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await page.reload();
    return page;
  }

  /** Waits until the Scope has played it. */
  const isPlayed = (page: Page) =>
    page.locator('.loop[aria-busy=false] .narration', { hasText: /./ }).waitFor();

  const outcome = (page: Page) => page.locator('.mine-outcome:not(:has-text("is being played"))');

  /** Writes an answer in the lesson, and checks it. */
  async function pass(page: Page, lesson: number): Promise<void> {
    await page.evaluate(`location.hash = '#view=lessons&lesson=${lesson}'`);
    await page.locator('h1', { hasText: `Lesson ${lesson}:` }).waitFor();
    await page.getByRole('button', { name: 'Show the rest' }).click();
    await page.locator('.exercise .cm-content').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(solutionOf(lesson));
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByText(`Lesson ${lesson} passed`).waitFor();
  }

  test('grows with each lesson that is passed, from no part to four', async () => {
    const page = await openWatched('#view=mine');
    await outcome(page).getByText('by the kit’s parts alone').waitFor();
    expect(await page.locator('.mine-count').innerText()).toBe('0 of 13 parts are yours');
    for (const [i, lesson] of FOUR.entries()) {
      await pass(page, lesson);
      await page.locator('.part-of-mine a').click();
      await outcome(page).getByText('was right each time').waitFor();
      expect(await page.locator('.mine-count').innerText()).toBe(`${i + 1} of 13 parts are yours`);
      expect(await page.locator('.mine-parts .is-yours').count()).toBe(i + 1);
    }
    expect(await page.locator('.mine-parts .is-yours').allInnerTexts()).toEqual([
      expect.stringMatching(/yours called 2 times\s+acceptClient/),
      expect.stringMatching(/yours called 2 times\s+acceptKey/),
      expect.stringMatching(/yours called \d+ times\s+unmask/),
      expect.stringMatching(/yours called \d+ times\s+broadcast/),
    ]);
  });

  test('is walked through in the Scope, where a call is a step, and the work of one is marked', async () => {
    const page = await open('#view=mine', solved(...FOUR));
    await page.getByRole('link', { name: 'Watch it in the Scope' }).click();
    await isPlayed(page);
    expect(await page.locator('.run-picker select').nth(1).inputValue()).toBe('mine');
    const seen: string[] = [];
    for (let i = 0; i < 40; i++) {
      seen.push(await page.locator('.narration').innerText());
      await page.keyboard.press('ArrowRight');
    }
    expect(seen.filter((one) => /call\s+lesson 5, acceptClient\(/.test(one))).toHaveLength(2);
    expect(seen.filter((one) => /^\S+\s+accept\s+your code/.test(one))).toHaveLength(2);
    await page.goBack();
    await outcome(page).waitFor();
    await page.goForward();
    await isPlayed(page);
    await page.reload();
    await isPlayed(page);
    expect(await page.locator('.run-picker select').nth(1).inputValue()).toBe('mine');
  });

  test('does what the room does, and not what PHP did', async () => {
    const page = await open('#view=mine', solved(...FOUR));
    await page.getByRole('link', { name: 'Compare with the room' }).click();
    await page.locator('.compare-sum.is-equal').waitFor();
    await page.goBack();
    await page.getByRole('link', { name: 'Compare with PHP' }).click();
    await page.locator('.compare-moves').waitFor();
    await page.locator('.compare-half h3', { hasText: /^My server/ }).waitFor();
    await page.locator('.compare-half h3', { hasText: /^PHP \d.*recorded/ }).waitFor();
  });

  test('is cut anywhere, and nobody gets anything else', async () => {
    const page = await open('#view=mine', solved(...FOUR));
    await page.getByRole('link', { name: 'Cut its streams' }).click();
    await page.locator('.cut-verdict', { hasText: '✓ My server:' }).waitFor();
    await page.getByRole('button', { name: 'Try every cut' }).click();
    await page.locator('.cut-strip-mine').waitFor();
    expect(await page.locator('.cut-strip-mine').innerText()).toContain('none changes');
  });

  test.each(Object.entries(WRONG))(
    'a part that %s is named, and the room goes on',
    async (_, [source, says]) => {
      const page = await open('#view=mine', { ...solved(5, 9), 13: source });
      await outcome(page).locator('.mine-fault').waitFor();
      expect(await outcome(page).innerText()).toMatch(says);
      expect(await page.locator('.mine-parts .sign.is-wrong').count()).toBe(1);
      expect(await page.locator('.mine-parts .is-yours:has(small:text("called"))').count()).toBe(2);
    },
  );

  test('the step at which a part fell out opens in the Scope, where the room has gone on', async () => {
    const page = await open('#view=mine', { 13: 'export function broadcast() { return []; }\n' });
    await page.getByRole('link', { name: 'See the step' }).click();
    await page
      .locator('.narration', { hasText: /lesson 13, broadcast\(.*the kit goes on/ })
      .waitFor();
    await page.locator('.notices', { hasText: 'lesson 13, broadcast(' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('.narration', { hasText: /broadcast/ }).waitFor();
    expect(await page.locator('.narration .by-you').count()).toBe(0);
  });

  test('what has no loop and no end is stopped by a person; the page lives all the while', async () => {
    const page = await open('#view=mine', { 9: NO_LOOP });
    await page.getByRole('button', { name: 'Stop' }).click();
    await outcome(page).getByText('it was stopped').waitFor();
    await page.getByRole('link', { name: 'Watch it in the Scope' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.locator('.notices', { hasText: 'it was stopped' }).waitFor();
    await page.locator('.run-picker select').nth(1).selectOption('rfc6455');
    await page.locator('.narration', { hasText: /./ }).waitFor();
  });

  test('a progress without its texts, from another machine, is said to have none', async () => {
    const page = await open('#view=mine', { 13: '' });
    await outcome(page).getByText('this browser has not kept what you wrote').waitFor();
  });

  test.each(['en', 'zh'])('fits every screen, and has no serious finding: %s', async (lang) => {
    const page = await open(`#view=mine&lang=${lang}`, solved(...FOUR));
    await outcome(page).waitFor();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await scrollsSideways(page)).toBe(false);
    }
    expect(await seriousFindings(page)).toEqual([]);
  });

  test('all its parts are the student’s at the end, in one file too', async () => {
    const page = await open('#view=mine', solved(...PARTS.map(({ lesson }) => lesson)));
    await outcome(page).getByText('was right each time').waitFor();
    expect(await page.locator('.mine-count').innerText()).toBe('13 of 13 parts are yours');
    expect(await page.locator('.mine-sum').innerText()).toContain('Every part is yours.');
  });
});
