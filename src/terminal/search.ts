/**
 * The word that is looked for in a walk: as it is being typed, and as it was typed last.
 * @module
 */

import type { Press } from './keys.js';

/** A word. */
export class Search {
  /** As far as it is typed; null while none is. */
  typed: string | null = null;
  #word = '';

  /** Takes a key. @returns the word, once it is whole; '' before, and where it is given up */
  press({ name, text }: Press): string {
    const typed = this.typed ?? '';
    if (name === 'return' || name === 'enter') {
      this.typed = null;
      this.#word = typed || this.#word;
      return this.#word;
    }
    if (name === 'escape') this.typed = null;
    else if (name === 'backspace') this.typed = [...typed].slice(0, -1).join('');
    else this.typed = typed + text;
    return '';
  }
}
