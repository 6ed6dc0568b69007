/**
 * How a loop takes connections out of its listener's queue, from its trace, and what happens where it cannot.
 * @module
 */

import type { Find } from './findings.js';

/** How often: once a turn, several times in one, until EAGAIN, or never. */
export type AcceptStyle = 'once' | 'until-again' | 'several' | 'none';

/** So many failures of accept, one after the other, are a loop that turns in vain. */
const MANY_FAILURES = 5;

/** These stay until a descriptor is closed, so that the first one counts. */
const OUT_OF_FILES = /^E[MN]FILE$/;

/** The calls of accept of one loop. */
export class Accepts {
  #inTurn = 0;
  #turns = 0;
  #several = 0;
  #again = 0;
  #failures = { code: '', count: 0, seq: 0, from: 0, to: 0 };

  /** The style, by now. */
  get style(): AcceptStyle {
    if (this.#turns === 0 && this.#inTurn === 0) return 'none';
    if (this.#again > 0) return 'until-again';
    return this.#several > 0 ? 'several' : 'once';
  }

  endTurn(): void {
    if (this.#inTurn > 0) this.#turns++;
    if (this.#inTurn > 1) this.#several++;
    this.#inTurn = 0;
  }

  /** A connection was taken. */
  took(): void {
    this.#inTurn++;
  }

  /** There was none: EAGAIN. */
  again(): void {
    this.#again++;
  }

  /** It failed. @param t milliseconds on the trace's clock */
  failed(code: string, seq: number, t: number): void {
    if (this.#failures.code !== code) this.#failures = { code, count: 0, seq, from: t, to: t };
    this.#failures.count++;
    this.#failures.to = t;
  }

  /** Finds a loop that accepted in vain. */
  inVain(find: Find): void {
    const { count, code, seq, from, to } = this.#failures;
    const most = OUT_OF_FILES.test(code) ? 1 : MANY_FAILURES;
    if (count >= most) find('accept-fails', { code, count, ms: to - from }, seq);
  }
}
