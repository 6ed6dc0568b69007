/**
 * How fast one person may change what is kept of it: some changes at once, and then a few a second. Who
 * only repeats what is known needs none of it.
 * @module
 */

/** Changes at once, as a page makes that comes with a whole course. */
const AT_ONCE = 40;
const PER_SECOND = 4;

/** One person's. */
export class Allowance {
  #left = AT_ONCE;
  #at = Number.NEGATIVE_INFINITY;

  /** Takes one. @param now in milliseconds @returns false where there is none */
  take(now: number): boolean {
    const grown = Math.max(0, now - this.#at) * (PER_SECOND / 1_000);
    this.#left = Math.min(AT_ONCE, this.#left + grown);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
