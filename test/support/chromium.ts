/**
 * A real Chromium for the tests of what runs in a page; they skip where there is none.
 * @module
 */

import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../src/serve/programs.js';

export { findChromium };

/** What to say where a test of a page is skipped. */
export const NO_CHROMIUM =
  'no Chromium here: install it, or name one in LOOPSCOPE_CHROMIUM, to run this';

/**
 * Opens a headless Chromium, which the caller closes.
 *
 * @param scrollBars whether it has those of a desktop, which it leaves out by itself
 * @returns null where there is none
 */
export async function openChromium({ scrollBars = false } = {}): Promise<Browser | null> {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  // Chromium's sandbox does not start for root, which containers mostly are.
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    ...(scrollBars ? { ignoreDefaultArgs: ['--hide-scrollbars'] } : {}),
  });
  // its waits end with the test, not with a clock of their own
  browser.on('context', (context) => context.setDefaultTimeout(0));
  return browser;
}
