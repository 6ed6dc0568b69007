/**
 * The fields of a stream as it comes, piece by piece: a head of HTTP, then frames. It reads lengths and
 * judges nothing; a payload is skipped, so that a stream of megabytes costs no more than its headers.
 * @module
 */

import type { Letter } from '../../inspect/letters.js';

/** A head or a frame in a stream. Offsets are bytes of the stream. */
export interface StreamUnit {
  /** Its first byte. */
  readonly start: number;
  /** Behind its last; Infinity while that is not known. */
  end: number;
  /** Its fields in order: the letter, and where it starts. */
  readonly fields: [letter: Letter, start: number][];
}

const HEAD_END = [0x0d, 0x0a, 0x0d, 0x0a];

/** Reads one stream. */
export class Fields {
  /** What has begun so far, in order. */
  readonly units: StreamUnit[] = [];
  /** Bytes that were read. */
  length = 0;
  #isHead: boolean;
  /** How much of the head's end was seen. */
  #matched = 0;
  #header: number[] = [];
  /** Bytes of the payload that are still to come. */
  #left = 0;

  /** @param isHead whether it begins with a head of HTTP, as what a client sends does */
  constructor(isHead: boolean) {
    this.#isHead = isHead;
  }

  /** Reads on. */
  read(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      if (this.#left > 0) {
        const skipped = Math.min(this.#left, bytes.length - at);
        this.#left -= skipped;
        this.length += skipped;
        at += skipped;
      } else {
        this.#take(bytes[at++] ?? 0);
      }
    }
  }

  /** Takes bytes of which nothing is known as one whole. */
  readWhole(length: number): void {
    const start = this.length;
    this.length += length;
    if (length > 0) this.units.push({ start, end: this.length, fields: [['P', start]] });
  }

  /** What comes from here on is frames. */
  beginFrames(): void {
    this.#isHead = false;
  }

  #take(byte: number): void {
    const isNew = this.#isHead ? this.units.length === 0 : this.#header.length === 0;
    if (isNew) {
      const letter = this.#isHead ? 'H' : 'F';
      this.units.push({ start: this.length, end: Infinity, fields: [[letter, this.length]] });
    }
    this.length++;
    if (this.#isHead) this.#takeOfHead(byte);
    else this.#takeOfHeader(byte);
  }

  #takeOfHead(byte: number): void {
    if (byte === HEAD_END[this.#matched]) this.#matched++;
    else this.#matched = byte === 0x0d ? 1 : 0;
    if (this.#matched < HEAD_END.length) return;
    this.#isHead = false;
    const head = this.units.at(-1);
    if (head !== undefined) head.end = this.length;
  }

  /** RFC 6455 5.2: two bytes say how long the header is. */
  #takeOfHeader(byte: number): void {
    const header = this.#header;
    const unit = this.units.at(-1);
    if (unit === undefined) return;
    header.push(byte);
    if (header.length < 2) return;
    const { start, fields } = unit;
    const second = header[1] ?? 0;
    const code = second & 0b0111_1111;
    const extended = code === 126 ? 2 : code === 127 ? 8 : 0;
    const key = second & 0b1000_0000 ? 4 : 0;
    if (header.length === 2) {
      fields.push(['L', start + 1]);
      if (key > 0) fields.push(['K', start + 2 + extended]);
    }
    if (header.length < 2 + extended + key) return;
    let payloadLength = extended === 0 ? code : 0;
    for (const one of header.slice(2, 2 + extended)) payloadLength = payloadLength * 256 + one;
    if (payloadLength > 0) fields.push(['P', this.length]);
    unit.end = this.length + payloadLength;
    this.#left = payloadLength;
    this.#header = [];
  }
}
