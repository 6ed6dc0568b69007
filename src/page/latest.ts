/**
 * Of what is begun one after the other only the last is shown: an answer that comes late is not taken.
 * @module
 */

import { signal } from '@preact/signals';

/** What is under way. */
export class Latest {
  /** Whether the last of it takes long enough to be said. */
  readonly isBusy = signal(false);
  #begun: AbortController | null = null;

  /**
   * Begins something; what was begun before comes too late.
   *
   * @param work asks `isWanted` before it shows what it has got; what can be ended, `unwanted` ends
   */
  async only(
    work: (isWanted: () => boolean, unwanted: AbortSignal) => Promise<void>,
    isBusy = true,
  ): Promise<void> {
    this.#begun?.abort();
    const begun = new AbortController();
    this.#begun = begun;
    const isWanted = (): boolean => this.#begun === begun;
    this.isBusy.value = isBusy;
    try {
      await work(isWanted, begun.signal);
    } finally {
      if (isWanted()) this.isBusy.value = false;
    }
  }

  /** What is under way comes too late. */
  drop(): void {
    this.#begun?.abort();
    this.#begun = null;
    this.isBusy.value = false;
  }
}
