import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM } from '../support/chromium.js';
import { SIZES, scrollsSideways, seriousFindings } from '../support/page.js';
import { watchedPages } from '../support/watched-pages.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/fork.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('a fork, in Chromium, from disk and offline', () => {
  const openWatched = watchedPages();

  async function open(hash: string): Promise<Page> {
    const page = await openWatched(hash, { viewport: SIZES[0], reducedMotion: 'reduce' });
    await page.locator('.narration .step-badge').waitFor();
    await expect.poll(() => page.evaluate('location.hash')).toMatch(/^#view=loop/);
    return page;
  }

  /** Everything that a fork is to give again: the sentence, the step, the sockets, the address. */
  async function shown(page: Page): Promise<string[]> {
    const all = await Promise.all([
      page.locator('.fork-bar > p').textContent(),
      page.locator('.where b').textContent(),
      page.locator('.narration .sentence').textContent(),
      page.getByRole('table', { name: 'Sockets on the stage' }).textContent(),
      page.evaluate('location.hash'),
    ]);
    return all.map(String);
  }
  const grip = (page: Page) => page.getByRole('button', { name: 'fd 4, Ada: cut, delay' });

  test('is made at a pipe, and reload, a fresh browser, back and forward show the same', async () => {
    const page = await open('#seed=7&step=40');
    const before = await shown(page);
    await grip(page).locator('rect').first().click();
    await page.getByRole('button', { name: /^Lose/ }).click();
    await expect.poll(() => page.locator('.fork-bar > p').textContent()).toMatch(/Here they part/);
    await expect.poll(() => page.evaluate('location.hash')).toMatch(/&fork=A@7:lose$/);
    // the table of the sockets follows when the walk rests
    await expect.poll(() => shown(page).then((all) => all[3])).not.toBe(before[3]);
    const fork = await shown(page);
    const faint = await picture(page);

    await page.reload();
    await expect.poll(() => shown(page)).toEqual(fork);
    expect(await picture(page)).toBe(faint);

    await page.goBack();
    await expect.poll(() => shown(page)).toEqual(before);
    expect(await picture(page)).not.toBe(faint);
    await page.goForward();
    await expect.poll(() => shown(page)).toEqual(fork);

    const other = await open(fork.at(-1) ?? '');
    await expect.poll(() => shown(other)).toEqual(fork);
    expect(await picture(other)).toBe(faint);
  }, 60_000);

  /** What is drawn of the traces, with its size. */
  function picture(page: Page): Promise<unknown> {
    return page.evaluate("document.querySelector('.trace-screen canvas').toDataURL()");
  }

  test('is made, stepped along and dropped with the keyboard alone', async () => {
    const page = await open('#seed=7&step=40');
    await grip(page).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'fd 4, Ada: fork the run here' });
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    expect(await page.evaluate("document.activeElement.getAttribute('class')")).toBe('stage-grip');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown'); // from cut to delay
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('location.hash')).toMatch(/&fork=A@7:delay$/);
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'The first run' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('location.hash')).toMatch(/&stepped=first$/);
    await page.getByRole('button', { name: 'Drop it' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate('location.hash')).not.toMatch(/fork/);
    expect(await page.locator('.fork-bar > p').textContent()).toBe('');
  }, 60_000);

  test('of a trace that was opened there is none, and the menu says why', async () => {
    const page = await open('#seed=7&step=40');
    const trace =
      '{"v":1,"seq":0,"turn":1,"t":0,"step":"accept","listener":3,"fd":4,"host":"127.0.0.1","port":9}';
    await page
      .locator('.file-tools input[type=file]')
      .setInputFiles({ name: 'my.ndjson', mimeType: '', buffer: Buffer.from(trace) });
    await page
      .getByRole('button', { name: /^fd 4, .*: cut, delay/ })
      .locator('rect')
      .first()
      .click();
    await page.getByText('This cannot be forked: it tells what was').waitFor();
  }, 60_000);

  test('fits every size, with its menu, and axe finds nothing serious', async () => {
    const page = await open('#seed=7&step=40&fork=A@7:cut&stepped=first');
    await page.getByRole('button', { name: 'Drop it' }).waitFor();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      await grip(page).locator('rect').first().click();
      await page.locator('.touch-menu').waitFor();
      expect([size.width, await scrollsSideways(page)]).toEqual([size.width, false]);
      expect([size.width, ...(await seriousFindings(page))]).toEqual([size.width]);
      await page.keyboard.press('Escape');
    }
  }, 60_000);
});
