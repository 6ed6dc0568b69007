/**
 * The segments of a capture that carry bytes, a row each: there may be millions, so their numbers stand in
 * columns, some 40 bytes a row, and their bytes elsewhere.
 * @module
 */

import type { CaptureTime } from './capture-time.js';

/** What is kept of a segment. */
export interface Row {
  /** The number of its first byte, which does not start again behind 2^32. */
  readonly at: number;
  /** Where a store has its bytes. */
  readonly place: number;
  /** How many there are. */
  readonly length: number;
  /** What its sender had acknowledged. */
  readonly heard: number | null;
  readonly time: CaptureTime | undefined;
}

/** Rows of a block: 2 to the power of 10. */
const BITS = 10;
const ROWS = 1 << BITS;
const WITHIN = ROWS - 1;

/** In `facts`: whether the row has a time and an acknowledgment; below them the decimals of the time. */
const HAS_TIME = 0b1000_0000;
const HAS_HEARD = 0b0100_0000;
const DIGITS = 0b0000_1111;

/** Behind the last row of a list. */
export const NONE = 0xffff_ffff;

class Block {
  readonly at = new Float64Array(ROWS);
  readonly place = new Float64Array(ROWS);
  readonly time = new BigInt64Array(ROWS);
  readonly length = new Uint32Array(ROWS);
  readonly heard = new Uint32Array(ROWS);
  readonly next = new Uint32Array(ROWS).fill(NONE);
  readonly facts = new Uint8Array(ROWS);
}

/** The rows, numbered from 0 in the order of the capture. */
export class SegmentTable {
  readonly #blocks: Block[] = [];
  #count = 0;

  /** Adds a row. @param before the row in front of it in its list; `NONE` where it begins one; @returns its number */
  add({ at, place, length, heard, time }: Row, before: number): number {
    const row = this.#count++;
    const i = row & WITHIN;
    if (i === 0) this.#blocks.push(new Block());
    const block = this.#blockOf(row);
    block.at[i] = at;
    block.place[i] = place;
    block.length[i] = length;
    block.heard[i] = heard ?? 0;
    block.time[i] = time?.ns ?? 0n;
    block.facts[i] =
      (time === undefined ? 0 : HAS_TIME | time.digits) | (heard === null ? 0 : HAS_HEARD);
    if (before !== NONE) this.#blockOf(before).next[before & WITHIN] = row;
    return row;
  }

  atOf(row: number): number {
    return this.#blockOf(row).at[row & WITHIN] as number;
  }

  placeOf(row: number): number {
    return this.#blockOf(row).place[row & WITHIN] as number;
  }

  lengthOf(row: number): number {
    return this.#blockOf(row).length[row & WITHIN] as number;
  }

  heardOf(row: number): number | null {
    const block = this.#blockOf(row);
    const i = row & WITHIN;
    return ((block.facts[i] as number) & HAS_HEARD) === 0 ? null : (block.heard[i] as number);
  }

  timeOf(row: number): CaptureTime | undefined {
    const block = this.#blockOf(row);
    const i = row & WITHIN;
    const facts = block.facts[i] as number;
    if ((facts & HAS_TIME) === 0) return undefined;
    return { ns: block.time[i] as bigint, digits: facts & DIGITS };
  }

  /**
   * The rows of a list in the order of their numbers; of those that are equal the first one first.
   *
   * @param first where the list begins
   * @param count how many it has
   */
  sorted(first: number, count: number): Uint32Array {
    const rows = new Uint32Array(count);
    let isSorted = true;
    for (let [i, row, before] = [0, first, Number.NEGATIVE_INFINITY]; i < count; i++) {
      rows[i] = row;
      const at = this.atOf(row);
      isSorted &&= at >= before;
      before = at;
      row = this.#blockOf(row).next[row & WITHIN] as number;
    }
    return isSorted ? rows : rows.sort((a, b) => this.atOf(a) - this.atOf(b) || a - b);
  }

  #blockOf(row: number): Block {
    return this.#blocks[row >>> BITS] as Block;
  }
}
