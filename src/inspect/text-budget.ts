/**
 * How much an inspection as text may have, however much there is to tell: of each stream, and of all streams
 * of an input, of which there may be very many.
 * @module
 */

import { EXPLAINED } from './inspection.js';

/** Frames behind what is explained that are named, and as many more of those with a problem. */
export const MOST_NAMED = 10_000;
/** Bytes that are explained of all streams. */
export const MOST_EXPLAINED = 16 * EXPLAINED;
/** Frames that are named of all streams, and as many more of those with a problem. */
const MOST_NAMED_OF_ALL = 10 * MOST_NAMED;

/** What is left to be written of the streams of an input. */
export class TextBudget {
  #bytes = MOST_EXPLAINED;
  readonly #frames = { right: MOST_NAMED_OF_ALL, wrong: MOST_NAMED_OF_ALL };

  /** Whether another stream is to be explained. */
  get explains(): boolean {
    return this.#bytes > 0;
  }

  /** Whether another stream can be told at all. */
  get isSpent(): boolean {
    return !this.explains && this.#frames.right <= 0;
  }

  /** So many bytes were explained. */
  spend(bytes: number): void {
    this.#bytes -= bytes;
  }

  /** Whether a frame may be named; what is wrong is named still when so much was named that is not. */
  names(isProblem: boolean): boolean {
    return this.#frames[isProblem ? 'wrong' : 'right']-- > 0;
  }
}
