/**
 * The built page in a real Chromium, opened from disk with the network off, for test/page.
 * @module
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The folder of the built page. */
export const DIST_PAGE = fileURLToPath(new URL('../../dist/page/', import.meta.url));

/** The sizes that every view is looked at in. */
export const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const;

/** A page that is watched. */
export interface WatchedPage {
  page: Page;
  /** Every word in the console, every error, every request but for the page's own files. */
  seen: string[];
}

/**
 * Opens the page at an address, and waits until a run is there.
 *
 * @param hash `#view=loop&step=3`, say
 * @param folder where the page lies
 */
export async function openPage(
  browser: Browser,
  hash: string,
  options: BrowserContextOptions = {},
  folder = DIST_PAGE,
): Promise<WatchedPage> {
  const index = join(folder, 'index.html');
  if (!existsSync(index)) throw new Error('dist/page is not there: npm run build makes it');
  const context = await browser.newContext({ viewport: SIZES[0], offline: true, ...options });
  const page = await context.newPage();
  const seen: string[] = [];
  const url = pathToFileURL(index).href;
  page.on('console', (message) => seen.push(message.text()));
  page.on('pageerror', (error) => seen.push(error.message));
  page.on('request', (request) => {
    const isOwn = [url.replace('index.html', ''), 'blob:'].some((one) =>
      request.url().startsWith(one),
    );
    if (!isOwn) seen.push(request.url());
  });
  await page.goto(url + hash);
  await page.locator('main').waitFor();
  return { page, seen };
}

/** Goes to a view as a person does: into its room, and there to it. */
export async function goTo(page: Page, room: string, view: string): Promise<void> {
  await page.locator(`.rooms [data-room=${room}]`).click();
  await page.locator(`.views [data-view=${view}]`).click();
  await page.locator(`.views [data-view=${view}][aria-current]`).waitFor();
}

/** What axe finds that is serious or worse, a line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    return (await axe.run({ preload: false, resultTypes: ['violations'] })).violations.map(
      ({ id, impact, nodes }) => ({
        id,
        impact,
        where: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html}: ${failureSummary}`),
      }),
    );
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, where }) => `${id}: ${where.join(' | ')}`);
}

/** Whether the page itself can be moved sideways. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth') as Promise<boolean>;
}
