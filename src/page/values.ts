/**
 * The values of the address as signals: each is read and written by its name, and the address follows.
 * @module
 */

import { type Signal, signal } from '@preact/signals';
import { type Parameters, writeAddress } from './address.js';

/** The values of one page's address. */
export class AddressValues {
  readonly parameters: Parameters;
  readonly #values = new Map<string, Signal<string>>();

  /** @param parameters all that an address can say */
  constructor(parameters: Parameters) {
    this.parameters = parameters;
    for (const [name, { fallback }] of Object.entries(parameters)) {
      this.#values.set(name, signal(fallback));
    }
  }

  /** The value of a parameter, to read and to write. */
  of(name: string): Signal<string> {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`bug: the address has no parameter ${name}`);
    return value;
  }

  /** Takes several at once. */
  take(values: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(values)) this.of(name).value = value;
  }

  /** The address with some values changed. */
  addressWith(changes: Readonly<Record<string, string>>): string {
    const values = Object.fromEntries([...this.#values].map(([name, { value }]) => [name, value]));
    return writeAddress({ ...values, ...changes }, this.parameters);
  }
}
