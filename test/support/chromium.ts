/**
 * A real Chromium for the tests of what runs in a page; they skip where there is none.
 * @module
 */

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** What to say where a test of a page is skipped. */
export const NO_CHROMIUM =
  'no Chromium here: install it, or name one in LOOPSCOPE_CHROMIUM, to run this';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Places where it is installed without being on PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(
    (folder) =>
      folder === undefined ? [] : [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')],
  ),
  '/snap/bin/chromium',
];

/**
 * Finds a Chromium: the one of LOOPSCOPE_CHROMIUM, one on PATH, or one in a usual place.
 *
 * @returns its path; null where there is none
 * @throws Error when LOOPSCOPE_CHROMIUM names a file that is not there
 */
export function findChromium(): string | null {
  const named = process.env.LOOPSCOPE_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`LOOPSCOPE_CHROMIUM is ${named}, which is not there`);
    return named;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name + suffix)));
  return [...onPath, ...PLACES].find(isProgram) ?? null;
}

/**
 * Opens a headless Chromium, which the caller closes.
 *
 * @returns null where there is none
 */
export async function openChromium(): Promise<Browser | null> {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  // Chromium's sandbox does not start for root, which containers mostly are.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
