/**
 * A server under strace, in the form in which `watch` runs it, and what strace has written by now.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Strace } from '../../src/record/strace.js';
import { straceArguments } from '../../src/watch/command.js';

/** One server, recorded while it runs. */
export class Recording {
  calls = '';
  readonly #strace = new Strace();
  #hasEnded = false;

  async start(command: string[]): Promise<void> {
    await this.#strace.start(
      { command },
      {
        onCalls: async (text) => {
          this.calls += text;
        },
        onWords: () => {},
      },
    );
    void this.#strace.ended().then(() => {
      this.#hasEnded = true;
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Ends the server. @returns the text of its calls */
  async stop(): Promise<string> {
    await this.#strace.stop();
    await this.#strace.ended();
    return this.calls;
  }

  /** Waits until a condition on the calls holds, or the server has ended, or so long. */
  async until(holds: (calls: string) => boolean, mostMs = 20_000): Promise<void> {
    for (let ms = 0; !holds(this.calls) && !this.#hasEnded && ms < mostMs; ms += 10)
      await delay(10);
  }
}

/** The same, with some writes of which strace says that they took 8 bytes; it makes none of these. */
export class ShortWrites extends Recording {
  readonly #file: string;
  #child: ChildProcess | null = null;
  #reading: NodeJS.Timeout | undefined;

  constructor(folder: string) {
    super();
    this.#file = join(folder, 'calls');
  }

  override async start(command: string[]): Promise<void> {
    writeFileSync(this.#file, '');
    const inject = 'inject=?sendto,?sendmsg,?write,?writev:retval=8:when=6+6';
    const args = ['-e', inject, ...straceArguments(this.#file, { command })];
    this.#child = spawn('strace', args, { detached: true, stdio: 'ignore' });
    await once(this.#child, 'spawn');
    this.#reading = setInterval(() => this.#read(), 100);
  }

  override get hasEnded(): boolean {
    return this.#child !== null && (this.#child.exitCode ?? this.#child.signalCode) !== null;
  }

  override async stop(): Promise<string> {
    clearInterval(this.#reading);
    const { pid } = this.#child ?? {};
    if (this.#child !== null && pid !== undefined && !this.hasEnded) {
      const ended = once(this.#child, 'close');
      process.kill(-pid); // strace alone would only let its program go
      await ended;
    }
    if (existsSync(this.#file)) this.#read();
    return this.calls;
  }

  #read(): void {
    this.calls = readFileSync(this.#file, 'latin1');
  }
}
