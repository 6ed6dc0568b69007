/**
 * Bounds what a student's code asks for: a worker that fills the memory takes the whole page with it. What
 * is asked for is counted since the last step and never what is kept, so the bound lies far above any right
 * answer. What is small is bounded by the count of passes.
 * @module
 */

import { BUDGETED } from './worker-words.js';

/** Most of it, in MiB. */
export const MOST_MIB = 512;

/** Less than that is not counted, in bytes. */
const SMALL = 256;

type Maker = new (...values: unknown[]) => object;

/** What counts what is asked for. */
export interface Budget {
  /** What stands in the student's code for {@link BUDGETED}, in that order. */
  readonly makers: readonly unknown[];
  /** There was a step: counts anew. */
  goesOn(): void;
}

/** Begins to count. @param onTooMuch should throw */
export function budget(onTooMuch: () => never): Budget {
  let asked = 0;
  const count = (bytes: number): void => {
    if (!(bytes > SMALL)) return;
    asked += bytes;
    if (asked > MOST_MIB * 2 ** 20) onTooMuch();
  };
  const goesOn = (): void => {
    asked = 0;
  };
  const makers = BUDGETED.map((name) => {
    const maker = (globalThis as unknown as Record<string, Maker>)[name] as Maker;
    const each = (maker as { BYTES_PER_ELEMENT?: number }).BYTES_PER_ELEMENT ?? 1;
    const size = name === 'Array' ? 8 : each;
    return new Proxy(maker, {
      construct(target, values, newTarget) {
        count(size * lengthOf(values));
        return Reflect.construct(target, values, newTarget);
      },
      apply(target, self, values) {
        count(size * lengthOf(values));
        return Reflect.apply(target as never, self, values);
      },
    });
  });
  before(Array, 'from', ([of]) => count(8 * lengthOf([of])));
  before(Array.prototype, 'concat', (lists, own) => count(8 * (lengthOf([own]) + lengthOf(lists))));
  before(String.prototype, 'repeat', ([times], own) => count(Number(times) * String(own).length));
  for (const name of ['padStart', 'padEnd']) {
    before(String.prototype, name, ([length]) => count(Number(length)));
  }
  return { makers, goesOn };
}

/** How long what is made will be: by a number, or as long as another is. */
function lengthOf([first]: readonly unknown[]): number {
  if (typeof first === 'number') return first;
  const { length } = Object(first) as { length?: unknown };
  return typeof length === 'number' ? length : 0;
}

/** Does something before each call of a method. */
function before(
  of: object,
  name: string,
  look: (values: readonly unknown[], self: unknown) => void,
): void {
  const methods = of as Record<string, (...values: unknown[]) => unknown>;
  const method = methods[name];
  if (method === undefined) return;
  Object.defineProperty(of, name, {
    value(this: unknown, ...values: unknown[]) {
      look(values, this);
      return Reflect.apply(method, this, values);
    },
    writable: true,
    configurable: true,
  });
}
