/**
 * What is below the trace follows a walk where it rests: whoever scrubs does not wait for what is out of
 * sight. The clock of the page stands still here, so that nothing rests unless it is told to.
 */

import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/shown.browser.test.ts: ${NO_CHROMIUM}`);

const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
const { events } = await simulate(scenario, { seed: 7 });
/** A recv, from 1: the step behind it has taken its bytes out of the queue. */
const RECV = events.findIndex((event) => event.step === 'recv' && event.bytes.length > 0) + 1;

describe.skipIf(chromium === null)('the panes of a walk, in Chromium', () => {
  const openWatched = watchedPages();

  /** Opens the page before a recv, with its clock stopped. */
  async function open(options: BrowserContextOptions): Promise<Page> {
    const page = await openWatched(`#view=loop&seed=7&step=${RECV}`, options);
    await page.locator('.narration .step-badge').waitFor();
    // who began to look at the panes before has been told where they are
    await page.locator('.panes').evaluate(
      (box) =>
        new Promise<void>((resolve) => {
          new IntersectionObserver(() => resolve()).observe(box);
        }),
    );
    await expect.poll(() => panes(page)).toContain('recv('); // those out of sight have followed to it
    await page.clock.install();
    await page.clock.pauseAt(Date.now() + 3_600_000);
    return page;
  }

  const said = (page: Page): Promise<string> => page.locator('.narration .sentence').innerText();
  /** What the panes below the trace are of, and the table for who does not see the stage. */
  const panes = (page: Page): Promise<string> =>
    page
      .locator('.panes')
      .evaluate((box) =>
        [...box.querySelectorAll('.present, .call')].map((one) => one.textContent).join(),
      );
  const heard = (page: Page): Promise<string> => page.locator('.stage table caption').innerText();
  const ON_SCREEN = { viewport: { width: 1280, height: 2_400 } };
  const BELOW = { viewport: { width: 1280, height: 500 } };

  test('that are in sight are of the present step at once', async () => {
    const page = await open(ON_SCREEN);
    const before = await panes(page);
    await page.keyboard.press('n');
    expect(await panes(page)).not.toBe(before);
  });

  test('that are out of sight follow when the walk rests', async () => {
    const page = await open(BELOW);
    const [before, sentence, table] = [await panes(page), await said(page), await heard(page)];
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('n');
      await page.clock.runFor(100);
    }
    expect(await said(page)).not.toBe(sentence);
    expect([await panes(page), await heard(page)]).toEqual([before, table]);
    await page.clock.runFor(150);
    expect(await panes(page)).not.toBe(before);
    expect(await heard(page)).not.toBe(table);
  });

  test('that come into sight are of the present step', async () => {
    const page = await open(BELOW);
    const before = await panes(page);
    await page.keyboard.press('n');
    expect(await panes(page)).toBe(before);
    await page.locator('.panes').evaluate((box) => box.scrollIntoView());
    await expect.poll(() => panes(page)).not.toBe(before);
  });

  test('are printed as they are at the present step, with the table', async () => {
    const page = await open(BELOW);
    const [before, table] = [await panes(page), await heard(page)];
    await page.keyboard.press('n');
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    await expect.poll(() => panes(page)).not.toBe(before);
    expect(await heard(page)).not.toBe(table);
  });

  test('do not hold back what is shared and saved: that is of the present step', async () => {
    const page = await openWatched(`#view=loop&seed=7&step=${RECV}`, BELOW);
    await page.locator('.narration .step-badge').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Share' }).click();
    const address = await page.locator('.share-address input').inputValue();
    expect(address).toMatch(new RegExp(`step=${RECV + 1}(&|$)`));
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.getByRole('button', { name: 'Save' }).first().click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'The stage at this step (SVG)' }).click(),
    ]);
    expect(file.suggestedFilename()).toContain(`-stage-${RECV + 2}.svg`);
  });
});
