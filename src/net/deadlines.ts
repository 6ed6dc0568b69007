/**
 * Time-outs that all have one length: the first to start is the first to end, so a Map in
 * insertion order is the whole timing wheel.
 * @module
 */

/** Deadlines of one kind, for any things. */
export class Deadlines<Thing> {
  readonly #durationMs: number;
  readonly #ends = new Map<Thing, number>();

  /** @param durationMs how long each thing has, in milliseconds */
  constructor(durationMs: number) {
    this.#durationMs = durationMs;
  }

  /** Starts a thing's time, or starts it again. @param now in milliseconds */
  start(thing: Thing, now: number): void {
    // #region lesson-queue
    this.#ends.delete(thing);
    this.#ends.set(thing, now + this.#durationMs); // a Map keeps the order of entering
    // #endregion
  }

  /** The thing needs no deadline any more. */
  stop(thing: Thing): void {
    this.#ends.delete(thing);
  }

  /** When the next deadline ends; null when there is none. */
  get next(): number | null {
    for (const end of this.#ends.values()) return end;
    return null;
  }

  /** Takes out the things whose time is over. */
  expired(now: number): Thing[] {
    const over: Thing[] = [];
    for (const [thing, end] of this.#ends) {
      if (end > now) break;
      over.push(thing);
      this.#ends.delete(thing);
    }
    return over;
  }
}
