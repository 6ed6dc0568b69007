/**
 * The packets of a capture file: classic pcap and pcapng, of either byte order. Takes what is whole
 * and says what is not. Knows nothing of what is in a packet; times are not read, the order is the
 * file's.
 * @module
 */

import { failing } from '../texts/errors.js';
import { type InspectionSay, wordsIn } from './words.js';

/** A packet as it was captured. */
export interface Packet {
  /** Its number in the file, from 1, as other tools count. */
  readonly number: number;
  /** The form of its first header, by the numbers of libpcap's LINKTYPE list. */
  readonly linkType: number;
  /** The bytes that were kept. */
  readonly bytes: Uint8Array;
  /** The bytes that it had on the wire; more than were kept when the capture cut it. */
  readonly length: number;
}

/** What a capture file holds. */
export interface Capture {
  /** The packets that are whole in the file. */
  readonly packets: readonly Packet[];
  /** What could not be read, one sentence each, without its full stop. */
  readonly notes: readonly string[];
}

/** A capture file that cannot be read at all. */
export class CaptureError extends Error {
  /** `CaptureError`. */
  override readonly name = 'CaptureError';
}

const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
const FILE_HEADER = 24;
const RECORD_HEADER = 16;

const SECTION = 0x0a0d0d0a; // the same in both byte orders
const BYTE_ORDER = 0x1a2b3c4d;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

/** Tells whether a file begins as a capture does. */
export function isCapture(file: Uint8Array): boolean {
  if (file.length < 4) return false;
  const view = viewOf(file);
  if (view.getUint32(0) !== SECTION) return classicOrder(view) !== null;
  return file.length >= 12 && sectionOrder(view, 0) !== null;
}

/**
 * Reads a capture file.
 *
 * @param file kept: the packets are views of it
 * @param say the voice of the notes
 * @throws CaptureError when nothing of it can be read: no capture, or an unknown version
 */
export function readCapture(file: Uint8Array, say: InspectionSay = wordsIn()): Capture {
  if (!isCapture(file)) throw failing(CaptureError, 'capture.none');
  const view = viewOf(file);
  if (view.getUint32(0) === SECTION) return new SectionReader(file, say).read();
  return readClassic(file, view, say);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Whether a classic file is little-endian; null when it is none. */
function classicOrder(view: DataView): boolean | null {
  for (const little of [true, false]) {
    const magic = view.getUint32(0, little);
    if (magic === MICROSECONDS || magic === NANOSECONDS) return little;
  }
  return null;
}

function readClassic(file: Uint8Array, view: DataView, say: InspectionSay): Capture {
  const little = classicOrder(view) === true;
  if (file.length < FILE_HEADER) {
    throw failing(CaptureError, 'capture.cut', { length: file.length });
  }
  const version = view.getUint16(4, little);
  if (version !== 2) throw failing(CaptureError, 'capture.pcap', { version });
  const linkType = view.getUint32(20, little) & 0xffff; // above it stand the lengths of checksums
  const packets: Packet[] = [];
  for (let at = FILE_HEADER; at < file.length; ) {
    const number = packets.length + 1;
    const start = at + RECORD_HEADER;
    if (start > file.length) return { packets, notes: [say('capture.ends-in-packet', { number })] };
    const kept = view.getUint32(at + 8, little);
    const length = Math.max(kept, view.getUint32(at + 12, little));
    if (start + kept > file.length)
      return { packets, notes: [say('capture.ends-in-packet', { number })] };
    packets.push({ number, linkType, bytes: file.subarray(start, start + kept), length });
    at = start + kept;
  }
  return { packets, notes: [] };
}

/** Whether a section of pcapng is little-endian; null when it has no byte order. */
function sectionOrder(view: DataView, at: number): boolean | null {
  if (view.getUint32(at + 8, true) === BYTE_ORDER) return true;
  return view.getUint32(at + 8) === BYTE_ORDER ? false : null;
}

/** An interface of a section. */
interface Interface {
  readonly linkType: number;
  /** Most bytes of a packet that are kept; 0 for all. */
  readonly snapLength: number;
}

/** Reads pcapng, block by block. */
class SectionReader {
  readonly #file: Uint8Array;
  readonly #view: DataView;
  readonly #packets: Packet[] = [];
  readonly #notes: string[] = [];
  readonly #say: InspectionSay;
  #interfaces: Interface[] = [];
  #little = true;
  #number = 0;

  constructor(file: Uint8Array, say: InspectionSay) {
    this.#file = file;
    this.#say = say;
    this.#view = viewOf(file);
  }

  read(): Capture {
    for (let at = 0; at < this.#file.length; ) {
      const end = this.#blockEnd(at);
      if (end === null) break;
      this.#block(this.#u32(at), at + 8, end - 4);
      at = end;
    }
    return { packets: this.#packets, notes: this.#notes };
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, this.#little);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, this.#little);
  }

  /** Where a block ends; null, with a note, when it is not whole. */
  #blockEnd(at: number): number | null {
    const left = this.#file.length - at;
    if (left >= 12 && this.#u32(at) === SECTION) {
      const little = sectionOrder(this.#view, at);
      if (little === null) return this.#stop(this.#say('capture.no-order', { at }));
      this.#little = little;
    }
    if (left < 12) return this.#stop(this.#cut(left < 4 ? 0 : this.#u32(at)));
    const length = this.#u32(at + 4);
    if (length < 12 || length % 4 !== 0) {
      return this.#stop(this.#say('capture.block-length', { at, length }));
    }
    if (length > left) return this.#stop(this.#cut(this.#u32(at)));
    return at + length;
  }

  #stop(note: string): null {
    this.#notes.push(note);
    return null;
  }

  #cut(type: number): string {
    if (isPacket(type)) return this.#say('capture.ends-in-packet', { number: this.#number + 1 });
    return this.#say('capture.ends-in-block', { number: this.#number });
  }

  /** @param end in front of the length that closes the block */
  #block(type: number, start: number, end: number): void {
    if (type === SECTION) this.#section(start, end);
    else if (type === INTERFACE && end - start >= 8) {
      this.#interfaces.push({ linkType: this.#u16(start), snapLength: this.#u32(start + 4) });
    } else if (isPacket(type)) this.#packet(type, start, end);
    // others hold names, counters and what programs add
  }

  #section(start: number, end: number): void {
    const version = end - start >= 8 ? this.#u16(start + 4) : 0;
    if (version !== 1) {
      throw failing(CaptureError, 'capture.pcapng', { version });
    }
    this.#interfaces = [];
  }

  #packet(type: number, start: number, end: number): void {
    const number = ++this.#number;
    const header = type === SIMPLE_PACKET ? 4 : 20;
    const at = start + header;
    if (at > end) {
      this.#damaged(number);
      return;
    }
    const id =
      type === SIMPLE_PACKET ? 0 : type === ENHANCED_PACKET ? this.#u32(start) : this.#u16(start);
    const from = this.#interfaces[id];
    if (from === undefined) {
      this.#notes.push(this.#say('capture.interface', { number, id }));
      return;
    }
    const length = this.#u32(start + header - 4);
    const kept =
      type === SIMPLE_PACKET ? simpleKept(length, from, end - start - 4) : this.#u32(start + 12);
    if (kept > end - at) {
      this.#damaged(number);
      return;
    }
    const bytes = this.#file.subarray(at, at + kept);
    this.#packets.push({ number, linkType: from.linkType, bytes, length: Math.max(kept, length) });
  }

  #damaged(number: number): void {
    this.#notes.push(this.#say('capture.damaged', { number }));
  }
}

function isPacket(type: number): boolean {
  return type === ENHANCED_PACKET || type === SIMPLE_PACKET || type === OLD_PACKET;
}

/** A simple packet does not say how much of it was kept. */
function simpleKept(length: number, { snapLength }: Interface, room: number): number {
  return Math.min(length, snapLength === 0 ? length : snapLength, room);
}
