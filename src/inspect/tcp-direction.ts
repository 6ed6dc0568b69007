/**
 * What one end of a TCP connection sent, joined in the order of the sequence numbers. What is missing is said
 * and nothing is made up: what comes behind a gap is a run of its own.
 * @module
 */

import type { Segment } from './packet.js';
import { NONE, type SegmentTable } from './segment-table.js';
import { type ByteStore, StoredBytes } from './stored-bytes.js';
import type { InspectionSay } from './words.js';

/** What one end of a connection sent. */
export interface TcpDirection {
  /** Address and port of the sender. */
  readonly from: string;
  /** Its bytes in order up to the first gap. */
  readonly bytes: StoredBytes;
  /** The number of its first byte, as the other end acknowledges it; null where none is here. */
  readonly start: number | null;
  /** What comes behind gaps, the first ones of them. */
  readonly runs: readonly Run[];
  /** Whether its SYN was captured: without it there may have been bytes before the first. */
  readonly isFromStart: boolean;
  /** What is missing or odd, one clause each. */
  readonly notes: readonly string[];
}

/** Bytes behind a gap. */
export interface Run {
  /** Bytes that the capture lacks in front of them. */
  readonly missing: number;
  readonly bytes: StoredBytes;
}

/** Gaps that are read on behind; a capture that cut every packet has as many as packets. */
const MOST_RUNS = 8;
/** A number further off than this is no place in the same connection: no window is as large. */
const FAR = 0x4000_0000;

/** How far `to` is behind `from`: sequence numbers start again at 0 after 32 bits. */
export function distance(from: number, to: number): number {
  return (to - from) | 0;
}

/** Where the segments of all directions are kept. */
export interface Kept {
  readonly table: SegmentTable;
  readonly store: ByteStore;
}

/** One direction, while it is read. */
export class Direction {
  readonly from: string;
  /** The number of its SYN. */
  initial: number | null = null;
  /** Whether it sent a SYN of its own accord. */
  opens = false;
  /** Whether it sent a SYN as the answer to one. */
  answers = false;
  /** The lowest place of any of its segments. */
  lowest: number | null = null;
  /** What it awaited first of the other direction. */
  lowestAcknowledgment: number | null = null;
  #highest: number | null = null;
  #start: number | null = null;
  #end: number | null = null;
  #isReset = false;
  /** Its rows in the table: the first, the last, and how many. */
  #first = NONE;
  #last = NONE;
  #count = 0;
  /** Where the bytes of any of them begin, and where they end. */
  #lowestByte: number | null = null;
  #farthest: number | null = null;

  constructor(from: string) {
    this.from = from;
  }

  /** Whether no byte of it came, as far as the capture has them. */
  get isEmpty(): boolean {
    return this.#count === 0;
  }

  isNear(sequence: number): boolean {
    return this.#highest === null || Math.abs(distance(this.#highest, sequence)) < FAR;
  }

  /** @param at where the payload stands in the capture; null for what was joined of several packets */
  add(segment: Segment, at: number | null, kept: Kept): void {
    const { sequence, acknowledgment, syn, fin, rst, payload, missing } = segment;
    if (rst) {
      this.#isReset = true; // its number and its bytes are no part of the stream
      return;
    }
    const number = this.#place(sequence) + (syn ? 1 : 0);
    if (syn) {
      this.initial = sequence;
      this.#start = number;
      if (acknowledgment === null) this.opens = true;
      else this.answers = true;
    }
    this.lowest = Math.min(this.lowest ?? number, number);
    if (acknowledgment !== null) this.#acknowledge(acknowledgment);
    if (payload.length + missing > 0) this.#keep(segment, number, at, kept);
    if (fin) this.#end = number + payload.length + missing;
  }

  #place(sequence: number): number {
    const place =
      this.#highest === null ? sequence : this.#highest + distance(this.#highest, sequence);
    this.#highest = Math.max(this.#highest ?? place, place);
    return place;
  }

  #acknowledge(number: number): void {
    const lowest = this.lowestAcknowledgment;
    if (lowest === null || distance(lowest, number) < 0) this.lowestAcknowledgment = number;
  }

  #keep(
    { acknowledgment, payload, missing, time }: Segment,
    at: number,
    inFile: number | null,
    { table, store }: Kept,
  ): void {
    const { length } = payload;
    const end = at + length + missing;
    this.#lowestByte = Math.min(this.#lowestByte ?? at, at);
    this.#farthest = Math.max(this.#farthest ?? end, end);
    if (length === 0) return;
    const place = store.keep(payload, inFile);
    this.#last = table.add({ at, place, length, heard: acknowledgment, time }, this.#last);
    if (this.#first === NONE) this.#first = this.#last;
    this.#count++;
  }

  /** Joins what came. */
  joined({ table, store }: Kept, say: InspectionSay): TcpDirection {
    const first = this.#start ?? this.#lowestByte;
    const from = first ?? this.#end ?? 0;
    const all = runsIn(table.sorted(this.#first, this.#count), from, table);
    let others = 0;
    const [{ bytes, next }, ...behind] = Array.from(
      all,
      ({ missing, rows, again, start, next }) => {
        const bytes = new StoredBytes(rows, start, table, store);
        others += again.filter((row) => bytes.differsFrom(row)).length;
        return { missing, bytes, next };
      },
    ) as [Run & { next: number }, ...Run[]];
    const notes: string[] = [];
    if (others > 0) notes.push(say('capture.others-again', { n: others }));
    const missing = behind[0]?.missing ?? this.#farEnd(next) - next;
    if (missing > 0) notes.push(say('capture.lacks', { read: bytes.length, missing }));
    const n = behind.slice(MOST_RUNS).reduce((sum, run) => sum + run.bytes.length, 0);
    if (n > 0) notes.push(say('capture.gaps', { most: MOST_RUNS, n }));
    if (this.#isReset) notes.push(say('capture.reset'));
    const isFromStart = this.#start !== null;
    const runs = behind.slice(0, MOST_RUNS);
    return { from: this.from, bytes, start: first, runs, isFromStart, notes };
  }

  /** Where what it sent ends, as far as the capture says. @param read where what is here ends */
  #farEnd(read: number): number {
    return Math.max(this.#end ?? read, this.#farthest ?? read);
  }
}

/** Rows without a gap. */
interface RowRun {
  /** Bytes that are missing in front of it. */
  readonly missing: number;
  /** Those that have something new. */
  readonly rows: Uint32Array;
  /** Those that have something which others have. */
  readonly again: readonly number[];
  readonly start: number;
  readonly next: number;
}

/**
 * Sorts out what is new: the run up to the first gap, which may be empty, and those behind gaps.
 *
 * @param rows in order; changed
 */
function* runsIn(rows: Uint32Array, from: number, table: SegmentTable): Generator<RowRun> {
  let [missing, start, next] = [0, from, from];
  let [first, count] = [0, 0];
  let again: number[] = [];
  for (const row of rows) {
    const at = table.atOf(row);
    const end = at + table.lengthOf(row);
    if (at < next && end > start) again.push(row);
    if (end <= next) continue; // a retransmission
    if (at > next) {
      yield { missing, rows: rows.subarray(first, count), again, start, next };
      [missing, start, first, again] = [at - next, at, count, []];
    }
    rows[count++] = row;
    next = end;
  }
  yield { missing, rows: rows.subarray(first, count), again, start, next };
}
