/**
 * A trace that is kept in a file. The lines of a turn are handed over together: a write for each
 * would cost more than the step that it tells of. While the file takes no more, the loop stands
 * still, so that what waits to be written stays bounded. A file that is full, or a disk that is, ends
 * the trace and not the loop.
 * @module
 */

import { once } from 'node:events';
import {
  closeSync,
  createWriteStream,
  fstatSync,
  openSync,
  type WriteStream,
  writeSync,
} from 'node:fs';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { formatMaker, type TraceMaker } from '../trace/maker.js';
import { openNew } from './new-file.js';
import { TraceLines } from './trace-lines.js';

/** Characters that are gathered at most; a turn with more is handed over in pieces. */
const PIECE = 65_536;

/** Bytes that may wait for the file before the loop stands still. */
const MOST_WAITING = 1 << 20;

/** Characters that the first line may grow by, for those who say at the end what made the trace. */
const ROOM = 20;

/** How a file is kept. */
export interface TraceFileOptions {
  /** What makes the trace; the first line says it. */
  maker: TraceMaker;
  /** The most bytes that it may have, its last line not counted. Default: any number. */
  limit?: number;
  /** Whether a file that holds something is written over. Default no. */
  force?: boolean;
  /** Told once, in a clause, why no further step is written. */
  onEnd?: (why: string) => void;
  /** What that is said in. */
  language?: Language;
  /** Whether `close` is told what made the trace anew. */
  madeAtEnd?: boolean;
}

/** A file of events, one a line. */
export class TraceFile {
  readonly #path: string;
  readonly #file: WriteStream;
  readonly #events: TraceLines;
  readonly #onEnd: (why: string) => void;
  readonly #language: Language | undefined;
  #lines = '';
  #soon: NodeJS.Immediate | undefined;
  /** Settled when the file takes more again, or never will; undefined while it takes more. */
  #full: Promise<void> | undefined;
  #hasEnded = false;
  /** Bytes of the first line, without the blanks. */
  readonly #firstLine: number;

  private constructor(
    path: string,
    file: WriteStream,
    { maker, limit = Infinity, onEnd = () => {}, language, madeAtEnd }: TraceFileOptions,
  ) {
    this.#language = language;
    this.#path = path;
    this.#file = file;
    this.#events = new TraceLines(maker, limit, madeAtEnd === true ? ROOM : 0);
    this.#firstLine = Buffer.byteLength(formatMaker(maker));
    this.#onEnd = onEnd;
    file.on('error', (error) => this.#end(error.message));
  }

  /** Opens a file, empty. @throws Failure when it holds something, or cannot be written */
  static open(path: string, options: TraceFileOptions): TraceFile {
    const fd = openNew(path, 'trace', options.force);
    const file = createWriteStream(path, { fd, highWaterMark: MOST_WAITING });
    return new TraceFile(path, file, options);
  }

  /** Writes an event. @returns a promise while the file takes no more: wait for it */
  tell(event: TraceEvent): Promise<void> | undefined {
    if (this.#hasEnded) return undefined;
    this.#lines += this.#events.take(event);
    if (this.#events.isFull) this.#end(this.#events.why(this.#language));
    if (this.#lines.length >= PIECE) this.#handOver();
    else this.#soon ??= setImmediate(() => this.#handOver());
    return this.#full;
  }

  /**
   * Waits until all is written.
   *
   * @param maker what made it, where more is known by now
   * @returns whether it was, up to its limit
   */
  async close(maker?: TraceMaker): Promise<boolean> {
    this.#handOver();
    if (this.#file.errored === null) {
      this.#file.end();
      await once(this.#file, 'close').catch(() => {}); // the listener has told it
    }
    if (maker !== undefined) this.#sayMaker(maker);
    return this.#file.errored === null;
  }

  /** Writes the first line anew, over the blanks behind it; in a pipe it stays as it is. */
  #sayMaker(maker: TraceMaker): void {
    const line = formatMaker(maker);
    if (Buffer.byteLength(line) > this.#firstLine + ROOM || this.#file.errored !== null) return;
    let file: number | null = null;
    try {
      file = openSync(this.#path, 'r+');
      if (fstatSync(file).isFile() && fstatSync(file).size > this.#firstLine) {
        writeSync(file, line, 0);
      }
    } catch {
      // it says no more than before
    } finally {
      if (file !== null) closeSync(file);
    }
  }

  #end(why: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd(why);
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
    await once(this.#file, 'drain').catch(() => {}); // the listener has told it
    this.#full = undefined;
  }
}
