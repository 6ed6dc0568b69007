/**
 * A call on the network that a part makes once. What came of it is kept, since the room goes on from there,
 * whatever the part makes of it.
 * @module
 */

import { mine } from '../texts/mine.en.js';
import { fill } from '../texts/say.js';

/** What came of a call. */
type Came<T> = { readonly value: T } | { readonly error: unknown };

/** A call, and what came of it. */
export class Once<T, A = unknown> {
  readonly #name: string;
  readonly #make: (argument: A) => T;
  #came: Came<T> | null = null;

  constructor(name: string, make: (argument: A) => T) {
    this.#name = name;
    this.#make = make;
  }

  /** Makes it. @throws what it throws; a plain Error the second time */
  readonly call = (argument: A): T => {
    if (this.#came !== null) throw new Error(fill(mine['lent.once'], { call: this.#name }));
    try {
      const value = this.#make(argument);
      this.#came = { value };
      return value;
    } catch (error) {
      this.#came = { error };
      throw error;
    }
  };

  /** What it gave; null where it was not made, or has thrown. */
  get given(): { readonly value: T } | null {
    return this.#came !== null && 'value' in this.#came ? this.#came : null;
  }

  /** What it has thrown; undefined for nothing. */
  get error(): unknown {
    return this.#came !== null && 'error' in this.#came ? this.#came.error : undefined;
  }

  /** For the room: what came of it, or what comes of it now. */
  finish(make: () => T): T {
    if (this.#came === null) return make();
    if ('error' in this.#came) throw this.#came.error;
    return this.#came.value;
  }
}
