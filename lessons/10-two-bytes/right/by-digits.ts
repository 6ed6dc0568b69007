import type { TwoBytes } from '../exercise.js';

/** Writes the bits down, and reads them. */
class Digits implements TwoBytes {
  readonly #bits: string;

  constructor(first: number, second: number) {
    this.#bits = [first, second].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  }

  get fin(): boolean {
    return this.#bits.startsWith('1');
  }

  get reserved(): number {
    return Number(`0b${this.#bits.slice(1, 4)}`);
  }

  get opcode(): number {
    return Number.parseInt(this.#bits.slice(4, 8), 2);
  }

  get masked(): boolean {
    return this.#bits[8] === '1';
  }

  get length(): number {
    return Number.parseInt(this.#bits.slice(9), 2);
  }
}

/** Gives what reads the bits when it is asked. */
export function readTwoBytes(first: number, second: number): TwoBytes {
  return new Digits(first, second);
}
