/**
 * One frame out of the input: drives the parser that the server runs, notes its problems and goes
 * on, until the frame or the input ends. Explains nothing.
 * @module
 */

import { type FieldName, parseFrame, type StreamState } from '../websocket/parser.js';
import type { Problem } from '../websocket/problem.js';
import type { Finding } from './inspection.js';
import { MEANINGS, type Meanings } from './meanings.js';

/** A field that the parser asked for and got. */
export interface ReadField {
  readonly field: Exclude<FieldName, 'payload'>;
  readonly start: number;
  readonly length: number;
  readonly value: number;
}

/** A length of up to 64 bits: its digits where it is more than a number can hold. */
export type Exact = number | string;

/** What the input ended within. */
export interface Cut {
  readonly field: FieldName;
  /** Bytes of that field that are here. */
  readonly have: number;
  /** How long the field is. */
  readonly length: Exact;
  /** Bytes missing until the frame is whole. */
  readonly needs: Exact;
  /** Whether it may be more than that. */
  readonly least: boolean;
}

/** A frame as it was read. */
export interface ReadFrame {
  readonly offset: number;
  readonly end: number;
  /** The fields of the header that are whole. */
  readonly fields: readonly ReadField[];
  /** Where the payload begins; `end` when it is empty or not come to. */
  readonly payloadStart: number;
  readonly payloadLength: Exact | null;
  /** Bytes of the payload that are here. */
  readonly kept: number;
  readonly problems: Finding[];
  /** Null for a whole frame. */
  readonly cut: Cut | null;
}

/** A part of a direction's bytes, in which frames are read. */
export interface Window {
  readonly input: Uint8Array;
  /** The offset of its first byte in the direction; 0 when it has all that came. */
  readonly base?: number;
  /** Bytes behind it that came and were not kept, all of one payload. */
  readonly passed?: number;
}

/** Reads the frame at an offset; the window has at least one byte there. */
export function readFrame(
  { input, base = 0, passed = 0 }: Window,
  offset: number,
  stream: StreamState,
  meanings: Meanings = MEANINGS,
): ReadFrame {
  const parser = parseFrame(stream);
  const fields: ReadField[] = [];
  const problems: Finding[] = [];
  let at = offset;
  let payloadStart = -1;
  let payloadLength: Exact | null = null;
  let kept = 0;
  let cut: Cut | null = null;
  let given = 0;
  for (;;) {
    const { done, value } = parser.next(given);
    given = 0;
    if (done) {
      payloadLength = exactLengthIn(fields);
      break;
    }
    if (!('ask' in value)) {
      problems.push(findingOf(value, meanings));
      continue;
    }
    if (value.ask === 'payload') {
      payloadStart = at;
      payloadLength = exactLengthIn(fields);
    }
    const here = base + input.length - at;
    const have = Math.min(value.length, here + passed);
    if (value.ask === 'payload') kept = Math.min(have, here);
    if (have < value.length) {
      cut = cutWithin(value.ask, have, value.length, fields);
      if (value.ask === 'masking-key') payloadLength = exactLengthIn(fields);
      at += have;
      break;
    }
    if (value.ask !== 'payload') {
      for (let i = at - base; i < at - base + have; i++) given = given * 256 + (input[i] as number);
      fields.push({ field: value.ask, start: at, length: have, value: given });
    }
    at += value.length;
  }
  if (payloadStart === -1) payloadStart = at;
  // copied: a list that grew has room for 17, and half a million frames may be kept
  const [found, all] = [problems.slice(), fields.slice()];
  return { offset, end: at, fields: all, payloadStart, payloadLength, kept, problems: found, cut };
}

/** A problem of the parser's, said in a language. */
export function findingOf(problem: Problem, meanings: Meanings): Finding {
  const { code, closeCode, section } = problem;
  return { code, closeCode, section, message: meanings.problem(problem) };
}

/** How much is missing, as far as the header says by now. */
function cutWithin(
  field: FieldName,
  have: number,
  length: number,
  fields: readonly ReadField[],
): Cut {
  const missing = length - have;
  const second = fields[1]?.value ?? 0;
  const key = (second & 0b1000_0000) === 0 ? 0 : 4;
  switch (field) {
    case 'fin-rsv-opcode':
      return { field, have, length, needs: missing + 1, least: true };
    case 'mask-length':
    case 'extended-length-16':
      return { field, have, length, needs: missing + key, least: true };
    case 'extended-length-64':
      return { field, have, length, needs: missing + 4 + key, least: true };
    case 'extended-length-continued': {
      const high = fields[2]?.value ?? 0;
      const needs = exact(BigInt(missing + key) + (BigInt(high) << 32n));
      return { field, have, length, needs, least: true };
    }
    case 'masking-key':
      return {
        field,
        have,
        length,
        needs: exact(BigInt(missing) + wideLengthIn(fields)),
        least: false,
      };
    case 'payload': {
      const whole = wideLengthIn(fields);
      return {
        field,
        have,
        length: exact(whole),
        needs: exact(whole - BigInt(have)),
        least: false,
      };
    }
  }
}

/** The payload's length, from fields that hold all of it. */
export function exactLengthIn(fields: readonly ReadField[]): Exact {
  const length7 = (fields[1]?.value ?? 0) & 0b0111_1111;
  if (length7 < 126) return length7;
  return length7 === 126 ? (fields[2]?.value ?? 0) : exact(wideLengthIn(fields));
}

/** The same, from the bytes of a header that is whole. */
export function exactLengthAt(header: Uint8Array): Exact {
  const [, second = 0, high = 0, low = 0] = header;
  const length7 = second & 0b0111_1111;
  if (length7 < 126) return length7;
  if (length7 === 126) return high * 256 + low;
  return exact(new DataView(header.buffer, header.byteOffset).getBigUint64(2));
}

function wideLengthIn(fields: readonly ReadField[]): bigint {
  const length7 = (fields[1]?.value ?? 0) & 0b0111_1111;
  if (length7 < 126) return BigInt(length7);
  const third = BigInt(fields[2]?.value ?? 0);
  return length7 === 126 ? third : (third << 32n) + BigInt(fields[3]?.value ?? 0);
}

function exact(length: bigint): Exact {
  return length <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(length) : String(length);
}
