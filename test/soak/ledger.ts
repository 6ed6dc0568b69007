/**
 * What the listeners of a soak must have heard: everything that those who stay say, in order and
 * once, and of the others a beginning. Keeps numbers, not texts: a soak may be long.
 * @module
 */

/** A message of a soak: who, and the how-manieth of it, from 0. */
export interface Said {
  /** The speaker's name. */
  readonly from: string;
  /** Its number among that speaker's. */
  readonly number: number;
}

/** What one listener has heard. */
export class Ledger {
  readonly #next = new Map<string, number>();
  #heard = 0;
  #trail = 0;
  /** What was wrong with the order, the first of it; null when nothing was. */
  problem: string | null = null;

  /** Messages heard. */
  get heard(): number {
    return this.#heard;
  }

  /** A number made of all that was heard, in its order: two who heard the same have the same. */
  get trail(): number {
    return this.#trail;
  }

  /** How many messages of a speaker were heard. */
  of(speaker: string): number {
    return this.#next.get(speaker) ?? 0;
  }

  /** Enters a message. */
  hear({ from, number }: Said): void {
    const expected = this.of(from);
    if (number !== expected) {
      this.problem ??= `of ${from} came ${number} where ${expected} was next`;
    }
    this.#next.set(from, number + 1);
    this.#heard++;
    for (const character of `${from} ${number}`) {
      this.#trail = (Math.imul(this.#trail, 31) + (character.codePointAt(0) ?? 0)) | 0;
    }
  }
}

/**
 * Compares what the listeners heard with what was said.
 *
 * @param ledgers by the listener's name
 * @param said how many messages each speaker sent that must all have come
 * @returns what is wrong, a sentence each
 */
export function whatIsLost(
  ledgers: ReadonlyMap<string, Ledger>,
  said: ReadonlyMap<string, number>,
): string[] {
  const wrong: string[] = [];
  const [first] = ledgers.values();
  for (const [listener, ledger] of ledgers) {
    if (ledger.problem !== null) wrong.push(`${listener}: ${ledger.problem}`);
    for (const [speaker, count] of said) {
      const heard = ledger.of(speaker);
      if (heard !== count) wrong.push(`${listener} heard ${heard} of ${count} of ${speaker}`);
    }
    if (ledger.trail !== first?.trail) wrong.push(`${listener} heard another order than the first`);
  }
  return wrong;
}
