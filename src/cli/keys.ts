/**
 * Single keys from a terminal.
 * @module
 */

import { emitKeypressEvents, type Key } from 'node:readline';
import { Failure } from './failure.js';

/** Reads keys one by one, and hands Ctrl-C on instead of ending the process. */
export class Keys {
  #waiting: (() => void) | null = null;

  /**
   * @param onInterrupt called for Ctrl-C and q
   * @throws Failure where standard input is no terminal
   */
  constructor(onInterrupt: () => void) {
    const { stdin } = process;
    if (!stdin.isTTY) throw new Failure('--step waits for keys, and standard input is no terminal');
    emitKeypressEvents(stdin);
    stdin.setRawMode(true);
    stdin.on('keypress', (_, key: Key) => {
      if (key.name === 'q' || (key.ctrl && key.name === 'c')) onInterrupt();
      this.#press();
    });
  }

  /** Waits for the next key. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Gives the terminal back; who waits for a key waits no longer. */
  close(): void {
    process.stdin.setRawMode(false);
    process.stdin.pause();
    this.#press();
  }

  #press(): void {
    this.#waiting?.();
    this.#waiting = null;
  }
}
