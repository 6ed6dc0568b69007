/**
 * Of what is begun one after the other only the last is shown: an answer that comes late is not taken.
 * @module
 */

import { signal } from '@preact/signals';

/** What is under way. */
export class Latest {
  /** Whether the last of it takes long enough to be said. */
  readonly isBusy = signal(false);
  /** Counts what was begun. */
  #begun = 0;

  /**
   * Begins something; what was begun before comes too late.
   *
   * @param work asks `isWanted` before it shows what it has got
   */
  async only(work: (isWanted: () => boolean) => Promise<void>, isBusy = true): Promise<void> {
    const number = ++this.#begun;
    const isWanted = (): boolean => number === this.#begun;
    this.isBusy.value = isBusy;
    try {
      await work(isWanted);
    } finally {
      if (isWanted()) this.isBusy.value = false;
    }
  }

  /** What is under way comes too late. */
  drop(): void {
    this.#begun++;
    this.isBusy.value = false;
  }
}
