/**
 * Numbers that look random and repeat: mulberry32, seeded by any list of numbers.
 * Good for choosing cuts and jitter; no secret may come from it.
 * @module
 */

/** A source of numbers that is the same for the same seeds, on every machine. */
export class Random {
  #state: number;

  /**
   * @param seeds whole numbers; a source for each connection, say, is `new Random(seed, connection)`,
   *   so that what one draws does not change what the others get
   */
  constructor(...seeds: number[]) {
    this.#state = seeds.reduce((state, seed) => {
      const high = Math.floor(seed / 2 ** 32);
      return mix(mix(state ^ (seed >>> 0)) + 0x9e3779b9 + (high >>> 0));
    }, 0);
  }

  /**
   * The next of 0 to 2 ** 32 - 1.
   *
   * @see mulberry32 by Tommy Ettinger (public domain)
   */
  uint32(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let z = this.#state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  }

  /** One of 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor((this.uint32() / 2 ** 32) * limit);
  }

  /** Fills an array with bytes, as `crypto.getRandomValues` does. */
  fill(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.uint32() >>> 24;
  }
}

/** Spreads every bit over all others: the last step of MurmurHash3 (Austin Appleby, public domain). */
function mix(bits: number): number {
  let hash = bits | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
