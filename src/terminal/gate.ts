/**
 * Where a server stands still: whoever steps through it lets it go on, and says how far. There is one
 * gate, and several may hold it: the terminal, and the page with the controls.
 * @module
 */

import type { TraceEvent } from '../trace/event.js';

/** Says at which of its steps a server is to stand still. */
export type Until = (event: TraceEvent) => boolean;

/** Nowhere, until something else is said. */
export const NOWHERE: Until = () => false;

/** A gate. It is closed at first: the server stands still at each step. */
export class Gate {
  readonly #listeners = new Set<() => void>();
  #until: Until = () => true;
  /** Lets the server go on; null while it does. */
  #release: (() => void) | null = null;
  #isOpen = false;

  /** Whether the server stands still, behind its last step. */
  get isHolding(): boolean {
    return this.#release !== null;
  }

  /** Whether the server was let go without a place to stand still at. */
  get isFree(): boolean {
    return this.#until === NOWHERE;
  }

  /** Asks to be told when the server stands still, and when it goes on. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** The server has taken a step. @returns a promise that holds it; undefined if it may go on */
  watch(event: TraceEvent): Promise<void> | undefined {
    if (this.#isOpen || !this.#until(event)) return undefined;
    return new Promise((resolve) => {
      this.#release = resolve;
      this.#tell();
    });
  }

  /**
   * Lets the server go on.
   *
   * @param until where it is to stand still again
   * @returns false when it does not stand still: it waits in select, or is on its way
   */
  goOn(until: Until): boolean {
    const release = this.#release;
    if (release === null) return false;
    this.#release = null;
    this.#until = until;
    release();
    this.#tell();
    return true;
  }

  /** Says where a server that is on its way is to stand still. */
  stopAt(until: Until): void {
    this.#until = until;
    this.#tell();
  }

  /** Lets the server go on for good. */
  open(): void {
    this.#isOpen = true;
    this.goOn(NOWHERE);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
