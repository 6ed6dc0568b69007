/**
 * Where frames begin in bytes whose beginning is not here: behind a gap of a capture, or in one that began
 * within a frame. Nothing marks a border, so it is a guess: several frames in a row that hold.
 * @module
 */

import { isCloseCodeOnWire } from '../websocket/closing.js';
import { isControl, Opcode, type Role } from '../websocket/frame.js';
import { Utf8Checker } from '../websocket/utf8.js';

/** A place where a frame seems to begin. */
export interface Border {
  readonly at: number;
  /** Frames in a row that hold from there on, the last one perhaps cut by the end; at most 12 are looked at. */
  readonly frames: number;
  /** How sure that is; never certain. */
  readonly sure: Sureness;
}

/** In words. */
export type Sureness = 'guess' | 'likely' | 'almost';

/** What is known of the bytes. */
export interface BorderOptions {
  readonly from: Role;
  /** Whether RSV1 may be set. */
  readonly rsv1: boolean;
  /** Where segments begin: a frame often does there too. */
  readonly starts?: ReadonlySet<number>;
}

/** Frames that are looked at from each place, so that time is linear. */
const MOST_FRAMES = 12;
/** Bytes of a payload that are looked at. */
const MOST_LOOKED_AT = 64;

/** A place by chance has so many bits of evidence once in two to their power. */
const ALMOST = 40;
const LIKELY = 20;
const GUESS = 10;
/** What the beginning of a segment counts for. */
const START = 6;
/** What it counts for that a frame ends where the bytes do. */
const END = 10;

/**
 * Finds the first place from which frames hold.
 *
 * @param bytes of one direction; whatever stands in front of them is missing
 * @returns null where no place is better than chance
 */
export function findBorder(bytes: Uint8Array, options: BorderOptions): Border | null {
  let best: (Border & { readonly bits: number }) | null = null;
  for (let at = 0; at < bytes.length; at++) {
    const chain = chainAt(bytes, at, options);
    if (chain.frames === 0) continue;
    // each place passed over was a chance for chance
    const bits = chain.bits + (options.starts?.has(at) ? START : 0) - Math.log2(at + 1) / 2;
    if (bits <= (best?.bits ?? GUESS)) continue;
    best = { at, frames: chain.frames, bits, sure: sureness(bits) };
    if (bits >= ALMOST) break;
  }
  if (best === null) return null;
  const { at, frames, sure } = best;
  return { at, frames, sure };
}

function sureness(bits: number): Sureness {
  return bits >= ALMOST ? 'almost' : bits >= LIKELY ? 'likely' : 'guess';
}

/** What the frames from a place on have for themselves, in bits. */
interface Chain {
  readonly frames: number;
  readonly bits: number;
}

const NONE: Chain = { frames: 0, bits: 0 };

function chainAt(bytes: Uint8Array, start: number, options: BorderOptions): Chain {
  let [at, frames, bits] = [start, 0, 0];
  /** Whether a message is under way; null while that is not known. */
  let continues: boolean | null = null;
  while (frames < MOST_FRAMES && at < bytes.length) {
    const frame = frameAt(bytes, at, options, continues);
    if (frame === null) return NONE;
    frames++;
    bits += frame.bits;
    if (frame.end > bytes.length) return { frames, bits };
    if (!isControl(frame.opcode)) continues = !frame.fin;
    at = frame.end;
  }
  return { frames, bits: at === bytes.length ? bits + END : bits };
}

interface Seen {
  readonly opcode: number;
  readonly fin: boolean;
  /** Beyond the bytes where it is cut. */
  readonly end: number;
  readonly bits: number;
}

/** A frame whose header and the beginning of whose payload break no rule; null for another. */
function frameAt(
  bytes: Uint8Array,
  at: number,
  { from, rsv1 }: BorderOptions,
  continues: boolean | null,
): Seen | null {
  const first = bytes[at] as number;
  const second = bytes[at + 1];
  const opcode = first & 0b0000_1111;
  const fin = (first & 0b1000_0000) !== 0;
  const control = isControl(opcode);
  if ((opcode > Opcode.binary && opcode < Opcode.close) || opcode > Opcode.pong) return null;
  if (control && !fin) return null;
  if (!control && continues !== null && (opcode === Opcode.continuation) !== continues) return null;
  const isCompressed = (first & 0b0100_0000) !== 0;
  if ((first & 0b0011_0000) !== 0) return null;
  if (isCompressed && (!rsv1 || control || opcode === Opcode.continuation)) return null;
  // of 256 values of the first byte some 10 are a frame's
  if (second === undefined) return { opcode, fin, end: at + 2, bits: 0 };
  const masked = (second & 0b1000_0000) !== 0;
  if (masked !== (from === 'client')) return null;
  const length = lengthAt(bytes, at + 2, second & 0b0111_1111);
  if (length === null || (control && length.value > 125)) return null;
  // an empty frame in the middle of a message: zeros are full of them
  if (!control && !fin && length.value === 0) return null;
  const start = length.end + (masked ? 4 : 0);
  const end = start + length.value;
  // one that ends behind the bytes has a length that nothing speaks for
  const header = 4 + 1 + (length.value < 126 ? 1 : 0) + length.zeros;
  if (end > bytes.length) return { opcode, fin, end, bits: header / 2 };
  const plain = plainAt(bytes, start, Math.min(end, start + MOST_LOOKED_AT), masked);
  const text = opcode === Opcode.text && !isCompressed;
  if (text && !isText(plain, fin && end - start <= MOST_LOOKED_AT)) return null;
  if (opcode === Opcode.close && !isClose(plain)) return null;
  const bits = text ? Math.min(16, plain.length) : opcode === Opcode.close ? plain.length * 4 : 0;
  return { opcode, fin, end, bits: header + bits };
}

/** The payload's length, in its shortest form; null where it is in no right one. */
function lengthAt(
  bytes: Uint8Array,
  at: number,
  length7: number,
): { value: number; end: number; zeros: number } | null {
  if (length7 < 126) return { value: length7, end: at, zeros: 0 };
  const size = length7 === 126 ? 2 : 8;
  let value = 0;
  for (let i = at; i < at + size; i++) value = value * 256 + (bytes[i] ?? 0);
  if (value < (size === 2 ? 126 : 65_536) || value > 2 ** 40) return null;
  return { value, end: at + size, zeros: size === 2 ? 0 : 24 };
}

function plainAt(bytes: Uint8Array, start: number, end: number, masked: boolean): Uint8Array {
  const piece = bytes.subarray(start, end);
  if (!masked) return piece;
  return piece.map((byte, i) => byte ^ (bytes[start - 4 + (i % 4)] as number));
}

/** Whether it is UTF-8, as far as it is here; text with controls in it is none that people send. */
function isText(plain: Uint8Array, isWhole: boolean): boolean {
  const checker = new Utf8Checker();
  if (checker.push(plain) >= 0 || (isWhole && !checker.complete)) return false;
  return !plain.some((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
}

function isClose(plain: Uint8Array): boolean {
  if (plain.length === 0) return true;
  const [high = 0, low] = plain;
  if (low === undefined || !isCloseCodeOnWire(high * 256 + low)) return false;
  return isText(plain.subarray(2), plain.length < MOST_LOOKED_AT);
}
