import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/stage.browser.test.ts: ${NO_CHROMIUM}`);

const scenario = SCENARIOS.get('three-clients');
if (scenario === undefined) throw new Error('bug: three-clients is not shipped');
const { events } = await simulate(scenario, { seed: 7 });
/** The first step behind a position that is one, from 1. */
const after = (position: number, isIt: (event: (typeof events)[number]) => boolean): number =>
  events.findIndex((event, i) => i >= position && isIt(event)) + 1;
/** A select that leaves one of four in its set. */
const select = after(90, ({ step }) => step === 'select');

describe.skipIf(chromium === null)('the stage, in Chromium', () => {
  const openWatched = watchedPages();

  async function open(step: number, options: BrowserContextOptions = {}): Promise<Page> {
    const hash = `#view=loop&scenario=three-clients&seed=7&step=${step}`;
    const page = await openWatched(hash, options);
    await page.locator('.stage .stage-place.present').waitFor();
    return page;
  }

  const step = (page: Page): Promise<string> => page.locator('.stage-place.present').innerHTML();

  test('a lane leads to the next step of its socket, a place to the next step of its name', async () => {
    const page = await open(select);
    const at = async (n: number): Promise<void> => page.getByText(`step ${n} of`).waitFor();
    await page.getByRole('button', { name: 'fd 4, Ada: go to' }).click();
    const ofAda = after(select, (e) =>
      e.step === 'broadcast' ? e.to.includes(4) : 'fd' in e && e.fd === 4,
    );
    await at(ofAda);
    await page.getByRole('button', { name: /^deal:/ }).click();
    await at(after(ofAda, (e) => e.step === 'deal'));
    expect(await step(page)).toContain('deal');
  });

  test('the keyboard does the same, and the space bar then does not play', async () => {
    const page = await open(select);
    await page.getByRole('button', { name: /^recv:/ }).focus();
    await page.keyboard.press(' ');
    const recv = after(select, (e) => e.step === 'recv');
    await page.getByText(`step ${recv} of`).waitFor();
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(`step ${after(recv, (e) => e.step === 'recv')} of`).waitFor();
  });

  test('a step moves things for a quarter of a second at most; a seek, and who wants none, does not', async () => {
    const moves = (page: Page): Promise<string> =>
      page
        .locator('.stage-ring .turning')
        .evaluate((one) => getComputedStyle(one).transitionDuration);
    const page = await open(select);
    expect(await moves(page)).toBe('0s');
    await page.keyboard.press('n');
    expect(await moves(page)).toBe('0.22s');
    await page.keyboard.press('Home');
    expect(await moves(page)).toBe('0s');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.keyboard.press('n');
    expect(await moves(page)).toBe('0s');
  });

  test('steps of a key that is held down move nothing; one by itself moves again', async () => {
    const page = await open(select);
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 3_600_000);
    const isStill = (): Promise<boolean> =>
      page.locator('.stage-box > svg').evaluate((one) => one.classList.contains('still'));
    const seen: boolean[] = [];
    for (const ms of [500, 30, 30, 500]) {
      await page.clock.runFor(ms);
      await page.keyboard.press('n');
      seen.push(await isStill());
    }
    expect(seen).toEqual([false, true, true, false]);
  });

  test('stands with the controls above the fold of 1024 x 768', async () => {
    const page = await open(select, { viewport: { width: 1024, height: 768 } });
    for (const part of ['.controls', '.narration', '.stage']) {
      const box = await page.locator(part).first().boundingBox();
      expect([part, Math.round((box?.y ?? 768) + (box?.height ?? 0))]).toEqual([
        part,
        expect.toSatisfy((bottom: number) => bottom <= 768),
      ]);
    }
  });

  test('says in a table what it draws, and is printed', async () => {
    const page = await open(select);
    const event = events[select - 1];
    if (event?.step !== 'select') throw new Error('bug: no select');
    const table = page.getByRole('table', { name: 'Sockets on the stage' });
    const [ready] = event.readyRead;
    expect(await table.getByRole('row', { name: new RegExp(`^fd ${ready} `) }).innerText()).toMatch(
      /\d+ bytes\s+ready\s+not in it/,
    );
    expect(await table.getByText('taken out').count()).toBe(event.read.length - 1);
    expect(await page.locator('.stage-lamp.taken .rim').count()).toBe(event.read.length); // and the legend's
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.stage svg').last().isVisible()).toBe(true);
  });
});
