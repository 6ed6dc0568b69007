/**
 * The blocks of pcapng: sections, each with a byte order and interfaces of its own, and packets.
 * @see draft-ietf-opsawg-pcapng
 * @module
 */

import { failing } from '../texts/errors.js';
import {
  CaptureError,
  type FileForm,
  type FileRecord,
  LONGEST_RECORD,
  type Packet,
  type Part,
} from './capture-form.js';
import { type CaptureTime, nanoseconds } from './capture-time.js';
import type { InspectionSay } from './words.js';

/** The type of the block that a section begins with: the same in both byte orders. */
export const SECTION = 0x0a0d0d0a;
const BYTE_ORDER = 0x1a2b3c4d;
const INTERFACE = 1;
const OLD_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

/** Options of an interface. */
const END_OF_OPTIONS = 0;
const RESOLUTION = 9;
const TIME_OFFSET = 14;

/** Packets that are named of those that are left out. */
const MOST_NAMED = 10;

/** Whether a section is little-endian; null when it has no byte order. */
export function sectionOrder(view: DataView, at: number): boolean | null {
  if (view.getUint32(at + 8, true) === BYTE_ORDER) return true;
  return view.getUint32(at + 8) === BYTE_ORDER ? false : null;
}

/** An interface of a section. */
interface Interface {
  readonly linkType: number;
  /** Most bytes of a packet that are kept; 0 for all. */
  readonly snapLength: number;
  readonly unitsPerSecond: bigint;
  /** Decimals of a second. */
  readonly digits: number;
  /** Seconds that all times are to be moved by. */
  readonly offset: bigint;
}

/** Reads pcapng, block by block. */
export class SectionForm implements FileForm {
  readonly #notes: string[] = [];
  /** Packets that are left out and not named. */
  #unnamed = 0;
  readonly #say: InspectionSay;
  #interfaces: Interface[] = [];
  #little = true;
  #number = 0;
  #part!: Part;

  constructor(say: InspectionSay) {
    this.#say = say;
  }

  get notes(): readonly string[] {
    if (this.#unnamed === 0) return this.#notes;
    return [...this.#notes, this.#say('capture.damaged.more', { n: this.#unnamed })];
  }

  next(part: Part, at: number): FileRecord | number | 'stop' {
    this.#part = part;
    const left = part.bytes.length - at;
    if (left < 12) return 12;
    if (this.#u32(at) === SECTION) {
      const little = sectionOrder(part.view, at);
      if (little === null) return this.#stop(this.#say('capture.no-order', this.#place(at)));
      this.#little = little;
    }
    const length = this.#u32(at + 4);
    if (length < 12 || length % 4 !== 0) {
      return this.#stop(this.#say('capture.block-length', { ...this.#place(at), length }));
    }
    if (length > LONGEST_RECORD) return this.#stop(this.#cut(this.#u32(at)));
    if (length > left) return length;
    const packet = this.#block(this.#u32(at), at + 8, at + length - 4);
    return { end: at + length, ...(packet === null ? {} : { packet }) };
  }

  cut(part: Part): void {
    this.#part = part;
    const { length } = part.bytes;
    if (length > 0) this.#stop(this.#cut(length < 4 ? 0 : this.#u32(0)));
  }

  #u16(at: number): number {
    return this.#part.view.getUint16(at, this.#little);
  }

  #u32(at: number): number {
    return this.#part.view.getUint32(at, this.#little);
  }

  #place(at: number): { at: number } {
    return { at: this.#part.base + at };
  }

  #stop(note: string): 'stop' {
    this.#notes.push(note);
    return 'stop';
  }

  #cut(type: number): string {
    if (isPacket(type)) return this.#say('capture.ends-in-packet', { number: this.#number + 1 });
    return this.#say('capture.ends-in-block', { number: this.#number });
  }

  /** @param end in front of the length that closes the block */
  #block(type: number, start: number, end: number): Packet | null {
    if (type === SECTION) this.#section(start, end);
    else if (type === INTERFACE && end - start >= 8) this.#interface(start, end);
    else if (isPacket(type)) return this.#packet(type, start, end);
    return null; // others hold names, counters and what programs add
  }

  #section(start: number, end: number): void {
    const version = end - start >= 8 ? this.#u16(start + 4) : 0;
    if (version !== 1) throw failing(CaptureError, 'capture.pcapng', { version });
    this.#interfaces = [];
  }

  #interface(start: number, end: number): void {
    const known = { linkType: this.#u16(start), snapLength: this.#u32(start + 4) };
    let [unitsPerSecond, digits, offset] = [1_000_000n, 6, 0n];
    for (let at = start + 8; at + 4 <= end; ) {
      const [code, length] = [this.#u16(at), this.#u16(at + 2)];
      const value = at + 4;
      if (code === END_OF_OPTIONS || value + length > end) break;
      if (code === RESOLUTION && length >= 1) {
        const byte = this.#part.bytes[value] as number;
        const n = byte & 0b0111_1111;
        unitsPerSecond = ((byte & 0b1000_0000) === 0 ? 10n : 2n) ** BigInt(n);
        digits = Math.min(9, n); // a half has one decimal, a quarter two
      }
      if (code === TIME_OFFSET && length >= 8) {
        offset = this.#part.view.getBigInt64(value, this.#little);
      }
      at = value + Math.ceil(length / 4) * 4;
    }
    this.#interfaces.push({ ...known, unitsPerSecond, digits, offset });
  }

  #packet(type: number, start: number, end: number): Packet | null {
    const number = ++this.#number;
    const isSimple = type === SIMPLE_PACKET;
    const header = isSimple ? 4 : 20;
    const at = start + header;
    if (at > end) return this.#leftOut('capture.damaged', { number });
    const id = isSimple ? 0 : type === ENHANCED_PACKET ? this.#u32(start) : this.#u16(start);
    const from = this.#interfaces[id];
    if (from === undefined) return this.#leftOut('capture.interface', { number, id });
    const length = this.#u32(start + header - 4);
    const kept = isSimple ? simpleKept(length, from, end - start - 4) : this.#u32(start + 12);
    if (kept > end - at) return this.#leftOut('capture.damaged', { number });
    const bytes = this.#part.bytes.subarray(at, at + kept);
    const offset = this.#part.base + at;
    const known = { number, linkType: from.linkType, bytes, offset };
    const packet = { ...known, length: Math.max(kept, length) };
    return isSimple ? packet : { ...packet, time: this.#time(start + 4, from) };
  }

  /** The higher half of the number stands first, whatever the byte order. */
  #time(at: number, { unitsPerSecond, digits, offset }: Interface): CaptureTime {
    const units = (BigInt(this.#u32(at)) << 32n) + BigInt(this.#u32(at + 4));
    return { ns: nanoseconds(units, unitsPerSecond) + offset * 1_000_000_000n, digits };
  }

  /** A file may have millions of such packets. */
  #leftOut(why: 'capture.interface' | 'capture.damaged', values: Record<string, number>): null {
    if (this.#notes.length < MOST_NAMED) this.#notes.push(this.#say(why, values));
    else this.#unnamed++;
    return null;
  }
}

function isPacket(type: number): boolean {
  return type === ENHANCED_PACKET || type === SIMPLE_PACKET || type === OLD_PACKET;
}

/** A simple packet does not say how much of it was kept. */
function simpleKept(length: number, { snapLength }: Interface, room: number): number {
  return Math.min(length, snapLength === 0 ? length : snapLength, room);
}
