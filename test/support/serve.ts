/**
 * `loopscope serve` as a process of its own, with no terminal, and the addresses that it prints.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { BIN } from './command.js';

/** A room that runs. */
export class ServedRoom {
  /** All that it printed. */
  out = '';
  /** All that it complained of. */
  err = '';
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown[]>;
  #look: () => void = () => {};

  private constructor(command: string[], args: string[]) {
    const env = { ...process.env, NO_COLOR: '1' };
    this.#child = spawn(process.execPath, [BIN, ...command, ...args], { env });
    this.#closed = once(this.#child, 'close');
    this.#child.stdout?.on('data', (text) => {
      this.out += text;
      this.#look();
    });
    this.#child.stderr?.on('data', (text) => {
      this.err += text;
    });
    this.#child.once('close', () => this.#look());
  }

  /** Opens one, on free ports. @returns when it has said where it is */
  static async open(...args: string[]): Promise<ServedRoom> {
    const room = new ServedRoom(['serve', '--port', '0'], args);
    await room.until(/stops it\n/);
    return room;
  }

  /** Opens one with a class, on the loopback. @returns when it has said where the desk is */
  static async openClass(folder: string, ...args: string[]): Promise<ServedRoom> {
    const room = new ServedRoom(['class', 'serve', folder, '--host', '127.0.0.1'], args);
    await room.until(/Join: .*\n/);
    return room;
  }

  /** Waits until it has printed something. */
  async until(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.out)) {
      if (this.#child.exitCode !== null) throw new Error(`it ended: ${this.out}${this.err}`);
      await new Promise<void>((resolve) => {
        this.#look = resolve;
      });
    }
  }

  /** `ws://127.0.0.1:PORT`. */
  get url(): string {
    return this.#find(/open on (ws:\S+)/);
  }

  /** `http://127.0.0.1:PORT/`. */
  get page(): string {
    return this.#find(/its page: (http:\S+)/);
  }

  /** The page's address with the token. */
  get controls(): string {
    return this.#find(/controls: (http:\S+)/);
  }

  /** The address of the teacher's desk, with the token. */
  get desk(): string {
    return this.#find(/The desk: (http:\S+)/);
  }

  /** Presses Ctrl-C, or sends another signal. @returns its exit code */
  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    this.#child.kill(signal);
    return this.exitCode();
  }

  /** Waits until it has ended. @returns its exit code */
  async exitCode(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }

  /** Closes the pipe that it prints to. */
  stopReading(): void {
    this.#child.stdout?.destroy();
  }

  /** Ends it whatever it does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #find(pattern: RegExp): string {
    const [, found] = pattern.exec(this.out) ?? [];
    if (found === undefined) throw new Error(`no ${pattern} in: ${this.out}`);
    return found;
  }
}
