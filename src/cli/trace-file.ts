/**
 * A trace that is kept in a file. The lines of a turn are handed over together: a write for each
 * would cost more than the step that it tells of. While the file takes no more, the loop stands
 * still, so that what waits to be written stays bounded.
 * @module
 */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import type { TraceEvent } from '../trace/event.js';
import { formatEvent } from '../trace/ndjson.js';

/** Characters that are gathered at most; a turn with more is handed over in pieces. */
const PIECE = 65_536;

/** Bytes that may wait for the file before the loop stands still. */
const MOST_WAITING = 1 << 20;

/** A file of events, one a line. */
export class TraceFile {
  readonly #file: WriteStream;
  #lines = '';
  #soon: NodeJS.Immediate | undefined;
  /** Settled when the file takes more again, or never will; undefined while it takes more. */
  #full: Promise<void> | undefined;

  private constructor(file: WriteStream) {
    this.#file = file;
  }

  /** Opens a file, empty. @throws Error when it cannot be written */
  static async open(path: string): Promise<TraceFile> {
    const file = createWriteStream(path, { highWaterMark: MOST_WAITING });
    await once(file, 'open');
    return new TraceFile(file);
  }

  /** Calls back when the file can be written no further; `close` then throws what was wrong. */
  onError(listener: () => void): void {
    this.#file.on('error', listener);
  }

  /** Writes an event. @returns a promise while the file takes no more: wait for it */
  tell(event: TraceEvent): Promise<void> | undefined {
    this.#lines += `${formatEvent(event)}\n`;
    if (this.#lines.length >= PIECE) this.#handOver();
    else this.#soon ??= setImmediate(() => this.#handOver());
    return this.#full;
  }

  /** Waits until all is written. @throws Error when it could not be */
  async close(): Promise<void> {
    this.#handOver();
    if (this.#file.errored !== null) throw this.#file.errored;
    this.#file.end();
    await once(this.#file, 'close');
  }

  #handOver(): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    const lines = this.#lines;
    this.#lines = '';
    if (lines === '' || this.#file.errored !== null || this.#file.write(lines)) return;
    this.#full ??= this.#drained();
  }

  async #drained(): Promise<void> {
    await once(this.#file, 'drain').catch(() => {}); // an error is told by `close`
    this.#full = undefined;
  }
}
