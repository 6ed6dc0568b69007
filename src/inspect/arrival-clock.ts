/**
 * When each piece of a direction came, asked for in order: a frame came when its last byte did.
 * @module
 */

import type { CaptureTime } from './capture-time.js';

/** The pieces of a direction. */
interface Arrivals {
  readonly arrivals?: readonly number[];
  readonly times?: readonly (CaptureTime | undefined)[];
}

/** Walks along the pieces. */
export class ArrivalClock {
  readonly #lengths: readonly number[];
  readonly #times: readonly (CaptureTime | undefined)[];
  #piece = 0;
  /** Where that piece ends. */
  #end: number;
  #before: CaptureTime | null = null;

  constructor({ arrivals = [], times = [] }: Arrivals) {
    this.#lengths = arrivals;
    this.#times = times;
    this.#end = arrivals[0] ?? 0;
  }

  /**
   * When the byte in front of an offset came, and what was asked for before it; null where that is
   * not known.
   *
   * @param end not below the one before
   */
  next(end: number): readonly [at: CaptureTime, before: CaptureTime | null] | null {
    while (this.#end < end && this.#piece < this.#lengths.length - 1) {
      this.#piece++;
      this.#end += this.#lengths[this.#piece] as number;
    }
    const at = this.#times[this.#piece];
    if (at === undefined) return null;
    const before = this.#before;
    this.#before = at;
    return [at, before];
  }
}
