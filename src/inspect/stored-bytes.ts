/**
 * What one direction of a capture carried, by its places: numbers are kept, and the bytes are read from
 * where a store has them when they are asked for. So a long capture need not be in memory.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { CaptureTime } from './capture-time.js';
import type { SegmentTable } from './segment-table.js';

/** Keeps the bytes of segments, in memory or elsewhere. */
export interface ByteStore {
  /**
   * Keeps the bytes of a segment.
   *
   * @param at where they stand in the capture; null for what was joined of several packets
   * @returns their place, a number that `read` takes
   */
  keep(bytes: Uint8Array, at: number | null): number;
  /** Those from `start` to `end` of what is kept at a place; not to be changed. */
  read(place: number, start: number, end: number): Uint8Array;
}

/** A capture that is in memory. */
export class MemoryStore implements ByteStore {
  readonly #file: Uint8Array;
  /** What was joined; its places are -1, -2 and so on. */
  readonly #joined: Uint8Array[] = [];

  /** @param file kept, and not to be changed */
  constructor(file: Uint8Array) {
    this.#file = file;
  }

  keep(bytes: Uint8Array, at: number | null): number {
    if (at !== null) return at;
    return -this.#joined.push(bytes);
  }

  read(place: number, start: number, end: number): Uint8Array {
    if (place >= 0) return this.#file.subarray(place + start, place + end);
    return (this.#joined[-place - 1] as Uint8Array).subarray(start, end);
  }
}

/** A piece as it came. */
export interface Arrival {
  /** Its bytes. */
  readonly length: number;
  /** When it came, where that is known. */
  readonly time: CaptureTime | undefined;
}

/** Bytes that are handed on, and the pieces in which they came. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly arrivals?: readonly Arrival[];
}

/** Bytes that are handed on at a time. */
const PIECE = 1 << 18;

/** A row of the table, and which of its bytes are new: what came before is a retransmission. */
interface Fresh {
  readonly row: number;
  /** Where they begin and end in the direction. */
  readonly start: number;
  readonly end: number;
}

/** Bytes in order, without a gap. */
export class StoredBytes {
  readonly length: number;
  readonly #rows: Uint32Array;
  readonly #start: number;
  readonly #table: SegmentTable;
  readonly #store: ByteStore;

  /**
   * @param rows of the table, of which each ends behind the one before
   * @param start the number of the first byte
   */
  constructor(rows: Uint32Array, start: number, table: SegmentTable, store: ByteStore) {
    this.#rows = rows;
    this.#start = start;
    this.#table = table;
    this.#store = store;
    this.length = rows.length === 0 ? 0 : this.#endOf(rows.length - 1);
  }

  /** Reads up to so many bytes. */
  read(offset: number, length: number): Uint8Array {
    const end = Math.min(this.length, offset + length);
    const pieces: Uint8Array[] = [];
    for (const fresh of this.#from(offset, end)) pieces.push(this.#bytesOf(fresh));
    return pieces.length === 1 ? (pieces[0] as Uint8Array) : joinBytes(pieces);
  }

  /** Whether a row of the table says something else of these bytes; a byte alone is what keeps a connection alive. */
  differsFrom(row: number): boolean {
    const length = this.#table.lengthOf(row);
    if (length === 1) return false;
    const at = this.#table.atOf(row) - this.#start;
    const [start, end] = [Math.max(0, at), Math.min(this.length, at + length)];
    const own = this.read(start, end - start);
    const others = this.#store.read(this.#table.placeOf(row), start - at, end - at);
    return own.some((byte, i) => byte !== others[i]);
  }

  /** The pieces of a range as they came, without their bytes. */
  *arrivals(start = 0, end = this.length): Generator<Arrival> {
    for (const one of this.#from(start, end)) {
      yield { length: one.end - one.start, time: this.#table.timeOf(one.row) };
    }
  }

  /** For each piece, where it ends and how much of the other direction its sender had acknowledged; null where that is not known. */
  *heard(): Generator<readonly [end: number, acknowledgment: number | null]> {
    for (const { row, end } of this.#from(0, this.length)) yield [end, this.#table.heardOf(row)];
  }

  /** The bytes of a range, with the pieces in which they came. */
  *pieces(start = 0, end = this.length): Generator<Required<Piece>> {
    let [at, filled] = [start, 0];
    let bytes = new Uint8Array(Math.min(PIECE, end - start));
    let arrivals: Arrival[] = [];
    while (at < end) {
      for (const fresh of this.#from(at, Math.min(end, at + PIECE))) {
        bytes.set(this.#bytesOf(fresh), filled);
        filled += fresh.end - fresh.start;
        arrivals.push({ length: fresh.end - fresh.start, time: this.#table.timeOf(fresh.row) });
      }
      at += filled;
      yield { bytes, arrivals };
      bytes = new Uint8Array(Math.min(PIECE, end - at));
      [filled, arrivals] = [0, []];
    }
  }

  /** The rows of a range, each with its part of it. */
  *#from(start: number, end: number): Generator<Fresh> {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#endOf(middle) > start) high = middle;
      else low = middle + 1;
    }
    for (let [i, at] = [low, start]; at < end; i++) {
      const to = Math.min(end, this.#endOf(i));
      yield { row: this.#rows[i] as number, start: at, end: to };
      at = to;
    }
  }

  #endOf(i: number): number {
    const row = this.#rows[i] as number;
    return this.#table.atOf(row) + this.#table.lengthOf(row) - this.#start;
  }

  #bytesOf({ row, start, end }: Fresh): Uint8Array {
    const skipped = this.#start - this.#table.atOf(row);
    return this.#store.read(this.#table.placeOf(row), start + skipped, end + skipped);
  }
}
