import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, NO_CHROMIUM, openChromium } from '../support/chromium.js';
import { DIST_PAGE, openPage, SIZES, scrollsSideways, seriousFindings } from '../support/page.js';

const chromium = findChromium();
if (chromium === null) console.warn(`test/page/every-view.browser.test.ts: ${NO_CHROMIUM}`);

/** What a person does first in a view, so that there is something to look at. */
const BEGIN: Record<string, (page: Page) => Promise<void>> = {
  loop: (page) => page.locator('.narration .step-badge').waitFor(),
  bytes: (page) => page.locator('.bytes-parser .call').first().waitFor(),
  cuts: async (page) => {
    await page.getByRole('button', { name: 'Try every cut' }).click();
    await page.locator('.cut-strip-original').waitFor();
  },
  compare: (page) => page.locator('.compare-detail').waitFor(),
  play: async (page) => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.locator('.play-tabs .tab').waitFor();
  },
  predict: (page) => page.locator('.choice').first().click(),
  lessons: async (page) => {
    await page.locator('.go-on a.main').click();
    await page.locator('.part-predict .choice').first().click();
    await page.locator('.exercise .cm-content').waitFor();
  },
  mine: (page) => page.locator('.mine-sum').waitFor(),
  live: (page) => page.getByText('npx loopscope serve --step').waitFor(),
  chat: (page) => page.getByRole('button', { name: 'Join' }).waitFor(),
  class: (page) => page.getByText('npx loopscope class serve').waitFor(),
  desk: (page) => page.getByText('npx loopscope class serve').waitFor(),
};

const NAMES = Object.keys(BEGIN);

describe.skipIf(chromium === null)('every view, in Chromium, from disk and offline', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });

  afterAll(async () => {
    await browser?.close();
  });

  /** One page for all that is asked of a view: to open it costs more than to look at it. */
  describe.each(NAMES)('%s', (name) => {
    let page: Page;
    let seen: string[];

    beforeAll(async () => {
      // a colour on its way from one to another is neither
      const options = { viewport: SIZES[0], reducedMotion: 'reduce' } as const;
      ({ page, seen } = await openPage(browser, `#view=${name}&step=30&theme=light`, options));
      await BEGIN[name]?.(page);
    });

    afterAll(async () => {
      await page.context().close();
      expect(seen).toEqual([]); // no word in the console, no request but for the page's own files
    });

    test.each(['light', 'dark'])(
      'fits every size in %s, and axe finds nothing serious',
      async (theme) => {
        if (theme === 'dark') await page.getByRole('button', { name: 'Colours: light' }).click();
        for (const size of SIZES) {
          await page.setViewportSize(size);
          expect([size.width, await scrollsSideways(page)]).toEqual([size.width, false]);
          expect([size.width, ...(await seriousFindings(page))]).toEqual([size.width]);
        }
      },
      60_000,
    );

    test('shows room and name in the header, which is a line, and two on a telephone', async () => {
      for (const [size, most] of [
        [{ width: 1024, height: 768 }, 50],
        [SIZES[2], 90],
      ] as const) {
        await page.setViewportSize(size);
        for (const places of ['.rooms', '.views']) {
          const link = page.locator(`${places} [aria-current]`);
          await expect.poll(() => link.evaluate(isInSight)).toBe(true);
        }
        const header = await page.locator('.header').boundingBox();
        expect(header?.height).toBeLessThan(most);
      }
    });

    test('is used with the keyboard: each stop is in order, in sight, and can be left', async () => {
      await page.setViewportSize(SIZES[0]);
      await page.locator('.skip').focus();
      const stops: string[] = [];
      for (let i = 0; i < 150; i++) {
        // an editor takes a Tab for itself, unless Escape says that one goes
        if (await page.evaluate("document.activeElement.matches('.editor')")) {
          await page.keyboard.press('Escape');
        }
        await page.keyboard.press('Tab');
        const stop = (await page.evaluate(stopNow)) as string;
        if (stop === 'end') break;
        stops.push(stop);
      }
      const places = await page.locator(':is(.rooms, .views) a').count();
      expect(stops.length).toBeGreaterThan(places + 5);
      expect(stops.length).toBeLessThan(150);
      expect(stops.filter((stop) => !stop.startsWith('ok'))).toEqual([]);
    }, 60_000);

    test('says its keys when asked with ?, and Escape leads back', async () => {
      await page.locator('main').focus();
      await page.keyboard.press('?');
      const dialog = page.getByRole('dialog', { name: 'Keys' });
      await dialog.waitFor();
      expect(await dialog.locator('dt').allInnerTexts()).toContain('?');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
    });

    test('has no letter under 24 px for a projector, and at most 20 lines of a source', async () => {
      await page.locator('main').focus();
      await page.keyboard.press('p');
      await page.locator('[data-presenter=on]').waitFor();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        expect([size.width, await scrollsSideways(page)]).toEqual([size.width, false]);
        expect(await page.evaluate(smallLetters)).toEqual([]);
        expect(await page.evaluate(longSources)).toEqual([]);
      }
      await page.setViewportSize(SIZES[0]);
      expect(await seriousFindings(page)).toEqual([]);
    }, 60_000);
  });

  test('is looked at here', async () => {
    const { page } = await openPage(browser, '');
    const names: string[] = [];
    for (const room of await page.locator('.rooms a').all()) {
      await room.click();
      await page
        .locator('.rooms [aria-current]')
        .getByText(await room.innerText())
        .waitFor();
      for (const link of await page.locator('.views a').all()) {
        names.push((await link.getAttribute('data-view')) ?? '');
      }
    }
    // those of a class are offered by the page of a class alone: class.browser.test.ts
    const offered = NAMES.filter((name) => name !== 'class' && name !== 'desk');
    expect(names.sort()).toEqual(offered.sort());
    await page.context().close();
  });

  test('the folder of the page works alone, from a stick', async () => {
    const stick = mkdtempSync(join(tmpdir(), 'a stick, Übung 小明 '));
    try {
      cpSync(DIST_PAGE, stick, { recursive: true });
      const { page, seen } = await openPage(browser, '#view=loop&step=3', {}, stick);
      await page.getByText('step 3 of').waitFor();
      expect(await page.locator('.only-index').isVisible()).toBe(false);
      expect(seen).toEqual([]);
      await page.context().close();
    } finally {
      rmSync(stick, { recursive: true, force: true });
    }
  });

  test.each([['page.js'], ['page.css'], ['page.js', 'page.css']])(
    'index.html without %s beside it says what to do',
    async (...missing) => {
      const folder = mkdtempSync(join(tmpdir(), 'loopscope-index-'));
      try {
        cpSync(DIST_PAGE, folder, { recursive: true });
        for (const name of missing) rmSync(join(folder, name));
        const context = await browser.newContext({ offline: true });
        const page = await context.newPage();
        await page.goto(`file://${folder}/index.html`);
        await page.getByText('copy the whole folder').waitFor();
        await context.close();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  );
});

function isInSight(element: Element): boolean {
  const { left, right } = element.getBoundingClientRect();
  const box = element.parentElement?.getBoundingClientRect();
  return box !== undefined && left >= box.left - 1 && right <= box.right + 1;
}

/** `ok …` for a focus that can be seen, `end` behind the last; else what is wrong. */
const stopNow = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body || at.matches('.skip')) return 'end';
  const name = at.tagName + '.' + at.className + ' ' + (at.textContent ?? '').slice(0, 30);
  const shown = at.closest('.file-picker') ?? at;
  const { width, height, top, bottom } = shown.getBoundingClientRect();
  if (width < 4 || height < 4) return 'has no size: ' + name;
  if (bottom < 0 || top > innerHeight) return 'is out of sight: ' + name;
  const hasRing = [at, ...shown.querySelectorAll('.button')].some(
    (one) => getComputedStyle(one).outlineStyle !== 'none' || one.matches('svg *'),
  );
  return hasRing ? 'ok ' + name : 'has no ring: ' + name;
})()`;

const smallLetters = `[...document.querySelectorAll('body *')]
  .filter((one) => one.checkVisibility() && !one.closest('svg, .unseen'))
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 24)
  .map((one) => one.tagName + '.' + one.className + ' ' + one.textContent.slice(0, 30))`;

const longSources = `[...document.querySelectorAll('.code .lines, .lines')]
  .map((one) => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))
  .filter((lines) => lines > 20.1)`;
