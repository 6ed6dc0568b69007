/**
 * What the fuzzer aims at: something that takes bytes, and what must be so whatever they are.
 * @module
 */

import { toHex } from '../../src/bytes.js';
import type { Random } from '../../src/net/sim.js';

/** One thing to fuzz. */
export interface Target {
  /** Its name, in counts and in the files of crashers. */
  readonly name: string;
  /** How much of the time it gets, beside the others; 1 when absent. */
  readonly share?: number;
  /** Draws an input. */
  make(random: Random): Uint8Array;
  /**
   * Takes an input.
   *
   * @param random for what is chosen beside the bytes: cuts, roles, options; seeded by the case alone
   * @throws whatever comes out, and a {@link Broken} when something that must be so is not
   */
  run(bytes: Uint8Array, random: Random): Promise<void> | void;
}

/** What must be so was not. */
export class Broken extends Error {
  /** `Broken`. */
  override readonly name = 'Broken';
}

/** Fails the case when the fact does not hold. */
export function must(fact: boolean, what: string): asserts fact {
  if (!fact) throw new Broken(what);
}

/** Fails the case when the two differ in anything that JSON with bytes as hex shows. */
export function mustEqual(found: unknown, expected: unknown, what: string): void {
  const [a, b] = [shown(found), shown(expected)];
  if (a === b) return;
  let at = 0;
  while (a[at] === b[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 40), at + 80);
  throw new Broken(`${what}: found …${around(a)}… and expected …${around(b)}…`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) => {
    if (inner instanceof Uint8Array) return `bytes ${toHex(inner)}`;
    if (inner instanceof Map) return [...inner];
    if (inner instanceof Error) return { ...inner, message: inner.message };
    return inner;
  });
  return text ?? 'undefined';
}
