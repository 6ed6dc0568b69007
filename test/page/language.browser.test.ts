import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { openPage, scrollsSideways } from '../support/page.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/language.browser.test.ts: ${NO_CHROMIUM}`);

describe.skipIf(chromium === null)('the language of the page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });

  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function open(hash: string, options: BrowserContextOptions = {}): Promise<Page> {
    const { page } = await openPage(browser, hash, options);
    await page.locator('.narration .step-badge').waitFor();
    return page;
  }

  const headingOf = (page: Page): Promise<string> => page.locator('#sets-title').innerText();
  const picker = (page: Page) => page.getByLabel(/Language/);

  test('is English where the browser wants what is not there, and one can choose', async () => {
    const page = await open('#view=loop', { locale: 'fr-FR' });
    expect(await headingOf(page)).toBe('Sets of select');
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await picker(page).locator('option').allInnerTexts()).toEqual(['English', '中文']);
    await picker(page).selectOption('zh');
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-Hans-CN');
  });

  test('is that of the address; then one can choose, and what was chosen is kept', async () => {
    const page = await open('#view=loop&lang=xx-test');
    expect(await headingOf(page)).toMatch(/^\[Sets of select~+\]$/);
    expect(await page.locator('.narration .sentence').innerText()).toMatch(/^\[.*~\]$/);
    await page.locator('[data-room=bytes]').click();
    await expect.poll(() => page.locator('.tree-meaning').first().innerText()).toMatch(/^\[.*~\]$/);
    await page.locator('[data-room=scope]').click();
    await picker(page).selectOption('en');
    await expect.poll(() => headingOf(page)).toBe('Sets of select');
    await expect.poll(() => new URL(page.url()).hash).toBe('#view=loop');
    await page.evaluate("localStorage.setItem('loopscope.language', '\"xx-test\"')");
    await page.reload();
    await expect.poll(() => headingOf(page)).toMatch(/^\[/);
  });

  test('is Chinese where the browser wants it', async () => {
    const page = await open('#view=loop', { locale: 'zh-CN' });
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans-CN');
    expect(await headingOf(page)).toMatch(/\p{Script=Han}/u);
    expect(await scrollsSideways(page)).toBe(false);
  });

  test('is that of the lessons, too, where they are there in it', async () => {
    const { page } = await openPage(browser, '#view=lessons&lang=zh', {});
    await page.getByRole('link', { name: '第 0 课：你好，轨迹' }).waitFor();
    await page.locator('.language select').selectOption('en');
    await page.getByRole('link', { name: 'Lesson 0: Hello, trace' }).waitFor();
  });

  test('brings its texts with it when it is wished for, and not before', async () => {
    const page = await open('#view=loop');
    const scripts = (): Promise<string[]> =>
      page
        .locator('script[src]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('src') ?? ''));
    expect(await scripts()).toEqual(['page.js']);
    await page.goto(page.url().replace('#', '?lang=zh#'));
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-Hans-CN');
    expect(await scripts()).toContain('texts.zh.js');
    expect(await page.locator('.narration .sentence').innerText()).toMatch(/\p{Script=Han}/u);
  });

  test('may stand in front of the #, where a person writes it', async () => {
    const page = await open('#view=loop');
    await page.goto(page.url().replace('#', '?lang=xx-test#'));
    await expect.poll(() => headingOf(page)).toMatch(/^\[/);
  });

  test('that is not there is said, and English is taken', async () => {
    const page = await open('#view=loop&lang=tlh');
    await page.getByText('The address has lang=tlh, which cannot be; "" was taken.').waitFor();
    expect(await headingOf(page)).toBe('Sets of select');
  });

  test('may be a third longer: no view is wider than the page, and rooms and views stay in one row each', async () => {
    const page = await open('#view=loop&lang=xx-test');
    const rooms = page.locator('.rooms a');
    const views = page.locator('.views a');
    expect(await rooms.count()).toBe(4);
    for (const size of [
      { width: 1440, height: 900 },
      { width: 1024, height: 768 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(size);
      for (const room of await rooms.all()) {
        await room.click();
        const name = await room.getAttribute('data-room');
        await page.locator(`.rooms [data-room=${name}][aria-current]`).waitFor();
        for (const view of await views.all()) {
          await view.click();
          await page.locator(`main > *`).first().waitFor();
          const place = `${await view.innerText()} at ${size.width}`;
          expect(await scrollsSideways(page), place).toBe(false);
        }
        for (const links of [rooms, views]) {
          const tops = await links.evaluateAll((all) =>
            all.map((link) => link.getBoundingClientRect().top),
          );
          expect(new Set(tops).size).toBe(1);
        }
      }
    }
  });
});
