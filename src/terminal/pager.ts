/**
 * What is longer than the screen waits for a key where the screen is full. Where there is no terminal,
 * nothing waits.
 * @module
 */

import stringWidth from 'string-width';
import { pc } from './colours.js';
import { isTerminal } from './keys.js';
import { clearLine, writeLine, writeText } from './print.js';

/** Writes to the standard output, a screen at a time. */
export class Pager {
  readonly #prompt: string;
  readonly #waits = isTerminal();
  /** Rows written since somebody pressed a key. */
  #rows = 0;
  #isOver = false;

  /** @param prompt what stands below a full screen */
  constructor(prompt: string) {
    this.#prompt = prompt;
  }

  /** Whether there is someone to wait for. */
  get waits(): boolean {
    return this.#waits;
  }

  /** Whether the reader has pressed q: what else is written is not shown. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Writes lines; each ends in a line feed. */
  async write(text: string): Promise<void> {
    if (!this.#waits) {
      writeText(text);
      return;
    }
    for (const line of text.replace(/\n$/, '').split('\n')) {
      const rows = this.#rowsOf(line);
      if (this.#rows + rows > (process.stdout.rows || 24) - 1) await this.wait();
      if (this.#isOver) return;
      writeLine(line);
      this.#rows += rows;
    }
  }

  /** Waits for a key, and begins a new screen. @param prompt what to press it for */
  async wait(prompt = this.#prompt): Promise<void> {
    if (!this.#waits || this.#isOver) return;
    writeText(pc.dim(prompt));
    const key = await pressed();
    clearLine();
    this.#rows = 0;
    if (key === '\u0003') {
      writeLine();
      process.exit(130);
    }
    this.#isOver = key === 'q';
  }

  /** Begins a new screen, since somebody has pressed a key otherwise, or shows again after a q. */
  restart(): void {
    this.#rows = 0;
    this.#isOver = false;
  }

  #rowsOf(line: string): number {
    return Math.max(1, Math.ceil(stringWidth(line) / (process.stdout.columns || 80)));
  }
}

/** What one key sends; a q at the end of the input. */
async function pressed(): Promise<string> {
  const { stdin } = process;
  stdin.setRawMode(true);
  try {
    return await new Promise((resolve) => {
      const done = (data?: Buffer): void => {
        stdin.off('data', done).off('end', done).pause();
        resolve(data?.toString() ?? 'q');
      };
      stdin.on('data', done).on('end', done).resume();
    });
  } finally {
    stdin.setRawMode(false);
  }
}
