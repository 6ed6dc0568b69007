/**
 * When each piece of a direction came, asked for in order: a frame came when its last byte did.
 * @module
 */

import type { CaptureTime } from './capture-time.js';
import type { Arrival } from './stored-bytes.js';

/** The pieces of a direction. */
interface Arrivals {
  readonly arrivals?: readonly number[];
  readonly times?: readonly (CaptureTime | undefined)[];
}

/** A piece: where it ends, and when it came. */
interface Timed {
  readonly end: number;
  readonly time: CaptureTime | undefined;
}

/** Pieces that were walked past are let go once there are so many. */
const MOST_PAST = 1_024;

/** Walks along the pieces. */
export class ArrivalClock {
  #pieces: Timed[] = [];
  /** The one that was asked for last. */
  #piece = 0;
  #end = 0;
  #before: CaptureTime | null = null;

  /** @param arrivals pieces that are known from the beginning */
  constructor({ arrivals = [], times = [] }: Arrivals) {
    for (const [i, length] of arrivals.entries()) this.add({ length, time: times[i] });
  }

  /** Another piece came. */
  add({ length, time }: Arrival): void {
    this.#end += length;
    this.#pieces.push({ end: this.#end, time });
  }

  /** Nobody asks for what is in front of the last piece. */
  skip(): void {
    this.#pieces = this.#pieces.slice(-1);
    this.#piece = 0;
  }

  /**
   * When the byte in front of an offset came, and what was asked for before it; null where that is
   * not known.
   *
   * @param end not below the one before
   */
  next(end: number): readonly [at: CaptureTime, before: CaptureTime | null] | null {
    const pieces = this.#pieces;
    while (this.#piece < pieces.length - 1 && (pieces[this.#piece] as Timed).end < end) {
      this.#piece++;
    }
    const at = pieces[this.#piece]?.time;
    if (this.#piece >= MOST_PAST) {
      pieces.splice(0, this.#piece);
      this.#piece = 0;
    }
    if (at === undefined) return null;
    const before = this.#before;
    this.#before = at;
    return [at, before];
  }
}
