/**
 * A terminal: single keys from it, whole screens to it. It is given back as it was found, however
 * the process ends.
 * @module
 */

import { emitKeypressEvents, type Key } from 'node:readline';
import {
  beginSynchronizedOutput,
  cursorHide,
  cursorShow,
  cursorTo,
  endSynchronizedOutput,
  enterAlternativeScreen,
  eraseEndLine,
  eraseScreen,
  exitAlternativeScreen,
} from 'ansi-escapes';
import { visibleLine } from './print.js';

/** One key. */
export interface Press {
  /** `left`, `space`, `return`, `a` and so on; `ctrl-c` for what ends a program. */
  name: string;
  /** What it would type; empty for a key that types nothing. */
  text: string;
}

/** Columns and rows. */
export interface Size {
  columns: number;
  rows: number;
}

/** A line that is too long is cut by the terminal: its own count of columns may differ from ours. */
const WRAP_OFF = '\u001b[?7l';
const WRAP_ON = '\u001b[?7h';

/** Whether there are keys to read and a screen to draw on. */
export function isTerminal(): boolean {
  const { stdin, stdout, env } = process;
  return stdin.isTTY === true && stdout.isTTY === true && env.TERM !== 'dumb';
}

/** The whole screen, until it is closed. */
export class Terminal {
  readonly #onKey: (press: Press) => void;
  readonly #onResize: () => void;
  /** The lines that are on the screen. */
  #shown: readonly string[] = [];
  #isOpen = true;

  /**
   * @param onKey called for each key; the end of the input is a Ctrl-C
   * @param onResize called when there is another size to draw for
   */
  constructor(onKey: (press: Press) => void, onResize: () => void) {
    this.#onKey = onKey;
    this.#onResize = () => {
      this.#shown = [];
      onResize();
    };
    const { stdin, stdout } = process;
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.on('keypress', this.#press).on('end', this.#end).on('error', this.#lost).resume();
    stdout.on('resize', this.#onResize);
    process.on('exit', this.close).on('uncaughtExceptionMonitor', this.close);
    stdout.write(enterAlternativeScreen + cursorHide + WRAP_OFF);
  }

  /** The size of the screen; 80x24 where the terminal does not say. */
  get size(): Size {
    const { columns, rows } = process.stdout;
    return { columns: columns || 80, rows: rows || 24 };
  }

  /** Shows these lines. Only what has changed is written, and at once, so that nothing flickers. */
  draw(lines: readonly string[]): void {
    if (!this.#isOpen) return;
    const isSameSize = this.#shown.length === lines.length;
    if (!isSameSize) this.#shown = [];
    let text = isSameSize ? '' : eraseScreen;
    for (const [row, line] of lines.entries()) {
      if (line !== this.#shown[row]) {
        text += cursorTo(0, row) + eraseEndLine + visibleLine(line);
      }
    }
    this.#shown = lines;
    if (text !== '') process.stdout.write(beginSynchronizedOutput + text + endSynchronizedOutput);
  }

  /** Gives the terminal back. */
  readonly close = (): void => {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    const { stdin, stdout } = process;
    stdin.off('keypress', this.#press).off('end', this.#end);
    stdin.setRawMode(false);
    stdin.pause();
    stdout.off('resize', this.#onResize);
    process.off('exit', this.close).off('uncaughtExceptionMonitor', this.close);
    stdout.write(WRAP_ON + cursorShow + exitAlternativeScreen);
  };

  readonly #press = (text: string | undefined, key: Key): void => {
    const isTyped = text !== undefined && !key.ctrl && !key.meta && !/^\p{Cc}/u.test(text);
    const name = key.ctrl ? `ctrl-${key.name}` : (key.name ?? text ?? '');
    this.#onKey({ name, text: isTyped ? text : '' });
  };

  /** The terminal is gone. It stays on after close, which would set back what is no more. */
  readonly #lost = (): void => {
    if (this.#isOpen) this.#end();
  };

  readonly #end = (): void => this.#onKey({ name: 'ctrl-c', text: '' });
}
