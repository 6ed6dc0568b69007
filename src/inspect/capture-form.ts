/**
 * What the forms of capture files have in common: packets, and how records are told apart.
 * @module
 */

import type { CaptureTime } from './capture-time.js';

/** A packet as it was captured. */
export interface Packet {
  /** Its number in the file, from 1, as other tools count. */
  readonly number: number;
  /** The form of its first header, by the numbers of libpcap's LINKTYPE list. */
  readonly linkType: number;
  /** The bytes that were kept. */
  readonly bytes: Uint8Array;
  /** Where they stand in the file. */
  readonly offset: number;
  /** The bytes that it had on the wire; more than were kept when the capture cut it. */
  readonly length: number;
  /** When it was captured, where the file says so. */
  readonly time?: CaptureTime;
}

/** A capture file that cannot be read at all. */
export class CaptureError extends Error {
  /** `CaptureError`. */
  override readonly name = 'CaptureError';
}

/** A part of a file that has come so far; `base` is the offset of its first byte in the file. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly base: number;
}

/** One record or block of a file: where it ends, and its packet where it holds one. */
export interface FileRecord {
  readonly end: number;
  readonly packet?: Packet;
}

/** How the records of a file are told apart. */
export interface FileForm {
  /** What could not be read. */
  readonly notes: readonly string[];
  /**
   * The record at a place of a part; where it is not whole there, the bytes that it needs at the least, and
   * `stop` when none can follow.
   */
  next(part: Part, at: number): FileRecord | number | 'stop';
  /** Says what the file ends within. */
  cut(part: Part): void;
}

/** No packet is longer: a record that says so is damaged, and nothing behind it can be found. */
export const LONGEST_RECORD = 1 << 27;
