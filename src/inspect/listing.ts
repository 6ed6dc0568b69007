/**
 * All that there is to go to in some streams, as one list: handshakes, frames, what is not whole.
 * It is filtered, by what was found in it too. Rows are made when they are looked at.
 * @module
 */

import { fromUtf8Lossy } from '../bytes.js';
import type { Role } from '../websocket/frame.js';
import { InspectedFrame } from './frame.js';
import type {
  Finding,
  FrameInspection,
  FrameTime,
  HandshakeInspection,
  Inspection,
  MessagePlace,
  Stretch,
} from './inspection.js';
import { findIn, type ListedStream, type Wanted } from './search.js';

/** What an entry is: a half of the handshake, a frame by its opcode's name, or what is not whole. */
export type EntryKind = 'request' | 'answer' | 'rest' | (string & {});

/** One entry of the list. */
export interface Entry extends Stretch {
  /** Which stream it is of. */
  readonly stream: number;
  readonly kind: EntryKind;
  readonly direction: Role;
  /** Its first line, or the beginning of its payload as text; '' for what is no text. */
  readonly begins: string;
  /** Where it stands in a message of several frames. */
  readonly place: Omit<MessagePlace, 'text'> | null;
  /** When its last byte came, where that is known. */
  readonly time?: FrameTime | undefined;
  readonly problems: readonly Finding[];
}

/** What is to be seen of a list; null and false hold for all. */
export interface ListFilter {
  /** `handshake`, or the name of an opcode, or how it begins: `reserved`. */
  readonly kind: string | null;
  readonly direction: Role | null;
  /** Only what breaks a rule, or is not whole. */
  readonly problems: boolean;
  /** Only what holds one of these. */
  readonly matches: Matches | null;
}

/** A place where something was found. */
export interface Match {
  readonly stream: number;
  readonly offset: number;
  /** The number of the entry that it begins in. */
  readonly entry: number;
}

/** What was found. */
export interface Matches {
  readonly places: readonly Match[];
  /** Whether there is more than is kept. */
  readonly isCut: boolean;
}

/** Places that are kept. */
const MOST_MATCHES = 100_000;
/** Bytes of a payload or head that a row shows. */
const BEGINNING = 160;

type Part = HandshakeInspection | FrameInspection | Stretch;

/** The list. */
export class Listing {
  /** How many entries there are. */
  readonly length: number;
  readonly #streams: readonly ListedStream[];
  /** The number of each stream's first entry. */
  readonly #starts: number[] = [];

  constructor(streams: readonly ListedStream[]) {
    this.#streams = streams;
    let length = 0;
    for (const { inspection } of streams) {
      this.#starts.push(length);
      const { handshakes, frames, rest } = inspection;
      length += handshakes.length + frames.length + (isListed(rest) ? 1 : 0);
    }
    this.length = length;
  }

  /** An entry by its number. */
  entry(number: number): Entry {
    const [stream, part] = this.#part(number);
    const { bytes, inspection } = this.#streams[stream] as ListedStream;
    const { offset, length } = part;
    const place = { stream, offset, length };
    if (part instanceof InspectedFrame) {
      const { opcodeName: kind, direction, time, problems } = part;
      const begins = beginningOf(part);
      return { ...place, kind, direction, begins, place: part.place, time, problems };
    }
    if ('problems' in part) {
      const kind = part.direction === 'client' ? 'request' : 'answer';
      const begins = firstLine(bytes.subarray(offset, offset + BEGINNING));
      const { direction, problems } = part;
      return { ...place, kind, direction, begins, place: null, problems };
    }
    const { frames, handshakes } = inspection;
    const direction = (frames[0] ?? handshakes.at(-1))?.direction ?? 'client';
    return { ...place, kind: 'rest', direction, begins: '', place: null, problems: [] };
  }

  /** The number of the entry that holds a byte; the last in front of it where none does; -1 without any. */
  numberAt(stream: number, offset: number): number {
    const start = this.#starts[stream];
    const of = this.#streams[stream];
    if (start === undefined || of === undefined) return -1;
    const { handshakes, frames, rest } = of.inspection;
    if (isListed(rest) && offset >= rest.offset) return start + handshakes.length + frames.length;
    const frame = lastFrom(frames, offset);
    if (frame >= 0) return start + handshakes.length + frame;
    const last = start + Math.max(0, lastFrom(handshakes, offset));
    return last < (this.#starts[stream + 1] ?? this.length) ? last : -1;
  }

  /** The numbers of the entries that a filter lets through, in order. */
  filtered({ kind, direction, problems, matches }: ListFilter): Uint32Array {
    const found = matches === null ? null : new Set(matches.places.map(({ entry }) => entry));
    const numbers: number[] = [];
    for (let number = 0; number < this.length; number++) {
      if (found !== null && !found.has(number)) continue;
      if (this.#passes(number, kind, direction, problems)) numbers.push(number);
    }
    return Uint32Array.from(numbers);
  }

  /** Whether an entry breaks a rule, or is not whole. */
  isProblem(number: number): boolean {
    const [, part] = this.#part(number);
    return !('problems' in part) || part.problems.length > 0;
  }

  /** Where something is, in order. Letters of ASCII are found in either case. */
  find(wanted: Wanted): Matches {
    const places: Match[] = [];
    const add = (stream: number, offset: number): boolean => {
      places.push({ stream, offset, entry: this.numberAt(stream, offset) });
      return places.length < MOST_MATCHES;
    };
    return { places, isCut: !findIn(this.#streams, wanted, add) };
  }

  #passes(number: number, kind: string | null, from: Role | null, problems: boolean): boolean {
    if (problems && !this.isProblem(number)) return false;
    if (kind === null && from === null) return true;
    const [stream, part] = this.#part(number);
    const isFrame = part instanceof InspectedFrame;
    if (kind === 'handshake' && (isFrame || !('problems' in part))) return false;
    if (kind !== null && kind !== 'handshake' && !(isFrame && part.opcodeName.startsWith(kind))) {
      return false;
    }
    if (from === null) return true;
    if ('direction' in part) return part.direction === from;
    return this.#directionOf(stream) === from;
  }

  #directionOf(stream: number): Role {
    const { frames, handshakes } = (this.#streams[stream] as ListedStream).inspection;
    return (frames[0] ?? handshakes.at(-1))?.direction ?? 'client';
  }

  #part(number: number): [stream: number, part: Part] {
    const stream = lastBelow(this.#starts.length, (i) => (this.#starts[i] as number) <= number);
    const { handshakes, frames, rest } = (this.#streams[stream] as ListedStream).inspection;
    const i = number - (this.#starts[stream] as number);
    const part = handshakes[i] ?? frames[i - handshakes.length] ?? rest;
    if (part === null) throw new Error(`bug: the list has no entry ${number}`);
    return [stream, part];
  }
}

/** The last of some stretches, which are in order, that begins at an offset or in front of it; -1 for none. */
export function lastFrom(stretches: readonly Stretch[], offset: number): number {
  return lastBelow(stretches.length, (i) => (stretches[i] as Stretch).offset <= offset);
}

/** The last number that something holds for, which holds for all below it; -1 for none. */
function lastBelow(length: number, holds: (i: number) => boolean): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (holds(middle)) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

function isListed(rest: Inspection['rest']): rest is NonNullable<Inspection['rest']> {
  return rest !== null && rest.length > 0;
}

function firstLine(bytes: Uint8Array): string {
  return (fromUtf8Lossy(bytes).trimStart().split('\r', 1)[0] ?? '').trimEnd();
}

/** The text that a frame's payload begins with; a Close frame's code and reason; '' for bytes. */
function beginningOf(frame: InspectedFrame): string {
  const { opcodeName } = frame;
  if (opcodeName === 'close') {
    const { code, reason } = frame.payload.close ?? {};
    return code === undefined ? '' : `${code} ${reason ?? ''}`.trimEnd();
  }
  const text = frame.inflatedText ?? (frame.isText ? frame.bytes : null);
  if (opcodeName === 'binary' || text === null) return '';
  return fromUtf8Lossy(text.subarray(0, BEGINNING)).replace(/^\ufffd+|\ufffd+$/g, '');
}
