/**
 * A stream of a capture: what is to be known of it, and its bytes, which need not be in memory.
 * @module
 */

import type { CaptureTime } from './capture-time.js';
import type { InspectOptions } from './inspect.js';
import type { NamedStream } from './named-streams.js';
import type { Piece, StoredBytes } from './stored-bytes.js';

/** What is known of it. */
interface Known {
  readonly name: string;
  /** '' for none. */
  readonly note: string;
  readonly options: InspectOptions;
}

/** One direction, or a part of it. */
export class CapturedStream {
  readonly name: string;
  readonly note?: string;
  readonly options: InspectOptions;
  /** How many bytes it has. */
  readonly length: number;
  readonly #bytes: StoredBytes;
  readonly #start: number;
  readonly #end: number;

  constructor(
    { name, note, options }: Known,
    bytes: StoredBytes,
    { start, end }: { readonly start: number; readonly end: number },
  ) {
    this.name = name;
    if (note !== '') this.note = note;
    this.options = options;
    this.length = end - start;
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  /** Its bytes, as they are read. */
  pieces(): Iterable<Piece> {
    return this.#bytes.pieces(this.#start, this.#end);
  }

  /** All of it, in memory. */
  whole(): NamedStream {
    const { name, note } = this;
    const arrivals: number[] = [];
    const times: (CaptureTime | undefined)[] = [];
    for (const { length, time } of this.#bytes.arrivals(this.#start, this.#end)) {
      arrivals.push(length);
      times.push(time);
    }
    const timed = times.some((time) => time !== undefined) ? { times } : {};
    return {
      name,
      ...(note === undefined ? {} : { note }),
      bytes: this.#bytes.read(this.#start, this.length),
      options: { ...this.options, arrivals, ...timed },
    };
  }
}
