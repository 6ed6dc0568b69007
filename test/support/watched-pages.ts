/**
 * One Chromium for the tests of a `describe`, and pages in it that are watched.
 * @module
 */

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { openChromium } from './chromium.js';
import { openPage } from './page.js';

/**
 * To be called in a `describe` that is skipped where there is no Chromium. Behind each test its pages are
 * closed, and none of them may have put a word into the console, or asked for more than the page's own files.
 *
 * @returns opens the page at an address, `#view=loop&step=3`; that of another folder, where one is given
 */
export function watchedPages(): (
  hash: string,
  options?: BrowserContextOptions,
  folder?: string,
) => Promise<Page> {
  let browser: Browser;
  let seen: string[][] = [];
  beforeAll(async () => {
    browser = (await openChromium()) as Browser;
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    const said = seen.flat();
    seen = [];
    expect(said).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (hash, options, folder) => {
    const opened = await openPage(browser, hash, options, folder);
    seen.push(opened.seen);
    return opened.page;
  };
}
