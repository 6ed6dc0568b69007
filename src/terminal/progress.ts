/**
 * How far a long file is read, on one line of the standard error, where that is a terminal.
 * @module
 */

import { drawProgress } from './print.js';

/** A file that is read faster than a person can look needs no line. */
const WORTH_SHOWING = 1 << 24;
const WIDTH = 30;

/** The line. */
export class Progress {
  #isShown: boolean;
  #size = 0;
  #read = 0;
  #shown = -1;

  /** @param isShown whether there is a terminal to show it on */
  constructor(isShown = process.stderr.isTTY === true) {
    this.#isShown = isShown;
  }

  /** @param size of what is read, in bytes; 0 where it is not known */
  begin(size: number): void {
    this.#size = size;
    this.#read = 0;
  }

  /** Something is to be written, which may go to the same terminal: then nothing more is shown. */
  makeRoom(): void {
    this.end();
    if (process.stdout.isTTY) this.#isShown = false;
  }

  /** So many bytes more were read. */
  add(length: number): void {
    this.#read += length;
    if (!this.#isShown || this.#size < WORTH_SHOWING) return;
    const percent = Math.min(100, Math.floor((100 * this.#read) / this.#size));
    if (percent === this.#shown) return;
    this.#shown = percent;
    const done = Math.round((WIDTH * percent) / 100);
    const bar = `${'#'.repeat(done)}${'.'.repeat(WIDTH - done)}`;
    drawProgress(`[${bar}] ${String(percent).padStart(3)} %`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown >= 0) drawProgress('');
    this.#shown = -1;
  }
}
