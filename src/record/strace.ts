/**
 * A program under strace(1), whose lines come through a named pipe as the calls are made. It runs as
 * long as it likes; it ends with us, with all that it has started. Linux only.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import { join } from 'node:path';
import { Running } from '../php/process.js';
import { Failure } from '../terminal/failure.js';
import { type Recorded, straceArguments } from '../watch/command.js';

/** How it ended. */
export interface Ended {
  /** Its exit code; null where a signal has ended it. */
  readonly code: number | null;
  /** What strace or the program said last. */
  readonly words: string;
}

/** What is told while it runs. */
export interface Listeners {
  /** The next lines of strace's, or pieces of them. @returns settled when more may come: until then the program waits */
  onCalls(text: string): Promise<void>;
  /** What the program prints. */
  onWords(text: string): void;
}

/** A program under strace. */
export class Strace {
  readonly #running = new Running();
  #words = '';

  /**
   * Starts it.
   *
   * @param inject results that are made up, as strace is told of them
   * @param stacks whether it says who made each call
   * @throws Failure (1) where there is no strace here
   */
  async start(
    recorded: Recorded,
    { onCalls, onWords }: Listeners,
    inject: readonly string[] = [],
    stacks = false,
  ): Promise<void> {
    if (process.platform !== 'linux') throw new Failure('watch.linux', {});
    const pipe = join(this.#running.folder, 'calls');
    const made = spawnSync('mkfifo', [pipe]);
    if (made.status !== 0) throw new Failure('watch.pipe', { path: pipe });
    const calls = createReadStream(pipe, { encoding: 'latin1', highWaterMark: 1 << 18 });
    this.#calls = readAll(calls, onCalls);
    try {
      await this.#running.start(
        ['strace', ...straceArguments(pipe, recorded, inject, stacks)],
        process.env,
        (text) => text,
        process.cwd(),
        (text) => {
          this.#words = (this.#words + text).slice(-4_096);
          onWords(text);
        },
      );
    } catch (error) {
      this.#release(pipe);
      const isNone = error instanceof Failure && error.reason?.key === 'php.noProgram';
      throw isNone ? new Failure('watch.noStrace', {}) : error;
    }
    this.#ended = this.#running.ended().finally(() => this.#release(pipe));
  }

  #calls: Promise<unknown> = Promise.resolve();
  #ended: Promise<number | null> = Promise.resolve(null);

  /** Who reads a named pipe that nobody has opened for writing waits for ever: it is opened, and closed. */
  #release(pipe: string): void {
    try {
      closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch {
      // nobody reads it any more
    }
  }

  /** Settled when it has ended, and all of its calls were told. */
  async ended(): Promise<Ended> {
    const [code] = await Promise.all([this.#ended, this.#calls]);
    return { code, words: this.#words.trim().split('\n').at(-1) ?? '' };
  }

  /** Ends it, with all that it has started, and waits until it is gone. */
  async stop(): Promise<void> {
    await this.#running.end();
  }
}

async function readAll(calls: AsyncIterable<string>, take: Listeners['onCalls']): Promise<void> {
  for await (const text of calls) await take(String(text));
}
