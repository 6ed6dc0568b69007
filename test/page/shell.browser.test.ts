import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { openPage, SIZES } from '../support/page.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/shell.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('what all views share, in Chromium, from disk', () => {
  let browser: Browser;
  let seen: string[] = [];

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(seen).toEqual([]);
    seen = [];
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function open(hash: string): Promise<Page> {
    const opened = await openPage(browser, hash);
    seen = opened.seen;
    return opened.page;
  }

  test('an address that was mended is written as it is, though nothing else has changed', async () => {
    const page = await open('#view=loop');
    await page.locator('.narration .step-badge').waitFor();
    await page.evaluate("location.hash = '#view=nonsense'");
    await page.getByText('The address has view=nonsense, which cannot be').waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#view=loop');
  });

  test('an address of a time when views had other names opens them still', async () => {
    const steps = '[[{"do":"connect","client":"Grace"}]]';
    const page = await open(`#view=bench&steps=${encodeURIComponent(steps)}`);
    await page.getByText('Grace: connects').waitFor();
    expect(await page.locator('.play-acts li').count()).toBe(1);
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#view=play&acts=/);
    await page.evaluate("location.hash = '#view=cut&cuts=5'");
    await page.locator('.cut-handle').waitFor();
    await expect.poll(() => new URL(page.url()).hash).toBe('#view=cuts&cuts=5');
  });

  test('a file is refused where no view takes one: the browser would leave the page for it', async () => {
    const page = await open('#view=loop');
    expect(await page.evaluate(dropOn('.header'))).toEqual({ taken: true, effect: 'none' });
    expect(await page.evaluate(dropOn('main'))).toEqual({ taken: true, effect: 'none' });
    await page.locator('.views [data-view=bytes]').click();
    expect(await page.evaluate(dropOn('.header'))).toEqual({ taken: true, effect: 'none' });
    await page.locator('.bytes-view').waitFor();
    expect(await page.evaluate(dropOn('.bytes-view'))).toMatchObject({ taken: true });
    await expect.poll(() => page.locator('.cell').allInnerTexts()).toEqual(['89', '00']);
  });

  test('each name of the diagram stands over its lane, whatever the size', async () => {
    const page = await open('#view=loop&seed=7&step=30');
    await page.getByRole('button', { name: 'Who to whom' }).click();
    await page.locator('.diagram .lane-line').nth(2).waitFor({ state: 'attached' });
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const apart = (await page.evaluate(namesFromLanes)) as number[];
      expect(apart.length).toBe(3);
      for (const pixels of apart) expect(pixels).toBeLessThan(2);
    }
  });

  test('the diagram of a second future is its own, and no name in it moves a number', async () => {
    const page = await open('#view=play');
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.click();
    await page.locator('.play-tabs .tab').waitFor();
    await page.locator('.play-acts input').first().fill('עברית');
    await run.click();
    await page.locator('.play-tabs .tab').nth(1).waitFor();
    await page.getByRole('button', { name: 'Who to whom' }).click();
    const names = page.locator('.diagram .names span');
    await expect.poll(() => names.allInnerTexts()).toEqual(['server', 'עברית', '小明']);
    const labels = await page.locator('.diagram .label').allTextContents();
    expect(labels).toContain('\u2068login "עברית"\u2069 45 bytes');
    await page.locator('.play-tabs .tab button').first().click();
    await expect.poll(() => names.allInnerTexts()).toEqual(['server', 'Ada', '小明']);
  });
});

/** Drops a file with a ping there. Gives whether the page took the drop, and what it offered. */
const dropOn = (selector: string): string => `(() => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['8900'], 'ping.txt'));
  const options = { dataTransfer, bubbles: true, cancelable: true };
  const target = document.querySelector('${selector}');
  target.dispatchEvent(new DragEvent('dragover', options));
  const effect = dataTransfer.dropEffect;
  const drop = new DragEvent('drop', options);
  target.dispatchEvent(drop);
  return { taken: drop.defaultPrevented, effect };
})()`;

const namesFromLanes = `[...document.querySelectorAll('.diagram .names span')].map((name, i) => {
  const middle = (one) => {
    const { left, right } = one.getBoundingClientRect();
    return (left + right) / 2;
  };
  return Math.abs(middle(name) - middle(document.querySelectorAll('.diagram .lane-line')[i]));
})`;
