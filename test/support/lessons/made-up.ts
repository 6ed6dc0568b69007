/**
 * A made-up lesson that is as it should be, and copies of it with one thing broken: what the tests of
 * the harness are held against.
 * @module
 */

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './run.js';

/** The made-up lesson itself. */
export const MADE_UP = fileURLToPath(new URL('./made-up/07-doubling', import.meta.url));

/** Changes of files by their paths: another text, a change of the text, or null to take it away. */
export type Changes = Record<string, string | null | ((text: string) => string)>;

/** Lends copies of the made-up lesson, and takes them back together. */
export class MadeUpLessons {
  #home: string | null = null;
  #count = 0;

  /** The folder of a copy with changes. */
  copy(changes: Changes = {}): string {
    this.#home ??= makeHome();
    const folder = join(this.#home, String(++this.#count), '07-doubling');
    cpSync(MADE_UP, folder, { recursive: true });
    for (const [path, change] of Object.entries(changes)) {
      const file = join(folder, path);
      if (change === null) rmSync(file);
      else if (typeof change === 'string') writeFileSync(file, change);
      else {
        const before = readFileSync(file, 'utf8');
        const after = change(before);
        if (after === before) throw new Error(`bug: nothing has changed in ${path}`);
        writeFileSync(file, after);
      }
    }
    return folder;
  }

  /** Takes all copies away. */
  remove(): void {
    if (this.#home !== null) rmSync(this.#home, { recursive: true, force: true });
  }
}

/** A folder from which `loopscope` is found. */
function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'loopscope-made-up-'));
  mkdirSync(join(home, 'node_modules'));
  symlinkSync(ROOT, join(home, 'node_modules/loopscope'), 'junction'); // needs no rights on Windows
  return home;
}
