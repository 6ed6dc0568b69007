/**
 * Finds programs of this machine that Loopscope can use but does not need.
 * @module
 */

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { doctor } from '../texts/doctor.en.js';
import { fill } from '../texts/say.js';

const CHROMIUM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

/** Places where Chromium or Chrome is installed without being on PATH. */
const CHROMIUM_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(
    (folder) =>
      folder === undefined ? [] : [join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe')],
  ),
  '/snap/bin/chromium',
];

/** LOOPSCOPE_CHROMIUM names what is not there. */
export class MissingChromium extends Error {
  override readonly name = 'MissingChromium';
  readonly path: string;

  constructor(path: string) {
    super(fill(doctor['chromium.none'], { path }));
    this.path = path;
  }
}

/** The path of a program on PATH, by the first of its names that is there; null for none. */
export function findProgram(...names: string[]): string | null {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name + suffix)));
  return paths.find(isProgram) ?? null;
}

/**
 * Finds a Chromium: the one of LOOPSCOPE_CHROMIUM, one on PATH, or one in a usual place.
 *
 * @returns its path; null where there is none
 * @throws MissingChromium when LOOPSCOPE_CHROMIUM names a file that is not there
 */
export function findChromium(): string | null {
  const named = process.env.LOOPSCOPE_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new MissingChromium(named);
    return named;
  }
  return findProgram(...CHROMIUM_NAMES) ?? CHROMIUM_PLACES.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
