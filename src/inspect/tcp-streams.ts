/**
 * TCP segments of a capture joined into the bytes of each direction, in the order of their sequence
 * numbers, as the receiver's system does it. What is missing is said and nothing is made up: what comes
 * behind a gap is a run of its own.
 * @module
 */

import type { CaptureTime } from './capture-time.js';
import type { Segment } from './packet.js';
import { type InspectionSay, wordsIn } from './words.js';

/** What one end of a connection sent. */
export interface TcpDirection {
  /** Address and port of the sender. */
  readonly from: string;
  /** Its bytes in order up to the first gap, in the pieces in which they came. */
  readonly pieces: readonly Uint8Array[];
  /** Of each piece, how much of the other direction its sender had acknowledged; null where that is not known. */
  readonly heard: readonly (number | null)[];
  /** When pieces came, those of the runs too, where the capture says so. */
  readonly times?: ReadonlyMap<Uint8Array, CaptureTime>;
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
  readonly pieces: readonly Uint8Array[];
}

/** One connection. */
export interface TcpConnection {
  /** Address and port of the end that opened it; null when the capture does not show the opening. */
  readonly opener: string | null;
  /** Both directions; the opener's is first. */
  readonly directions: readonly [TcpDirection, TcpDirection];
}

/** A SYN this much in front of bytes that came before it may belong to them; one further off is another connection's. */
const NEAR = 0x10_0000;
/** Gaps that are read on behind; a capture that cut every packet has as many as packets. */
const MOST_RUNS = 8;
/** A number further off than this is no place in the same connection: no window is as large. */
const FAR = 0x4000_0000;

/**
 * Sorts segments by connection and joins their bytes. The same ports opened again are another
 * connection.
 *
 * @param segments in the order of the capture
 * @returns the connections in the order of their first segments, those without bytes too
 */
export function joinStreams(
  segments: Iterable<Segment>,
  say: InspectionSay = wordsIn(),
): TcpConnection[] {
  const all: Connection[] = [];
  const latest = new Map<string, Connection[]>();
  for (const segment of segments) {
    const pair = [segment.from, segment.to].sort().join(' ');
    const known = latest.get(pair) ?? [];
    let connection = known.find((one) => one.holds(segment));
    if (connection === undefined) {
      connection = new Connection(segment, say);
      all.push(connection);
      latest.set(pair, [connection, ...known.slice(0, 1)]); // a late segment of the one before may come
    }
    connection.add(segment);
  }
  return all.map((connection) => connection.joined());
}

/** How far `to` is behind `from`: sequence numbers start again at 0 after 32 bits. */
function distance(from: number, to: number): number {
  return (to - from) | 0;
}

/** One connection, while it is read. */
class Connection {
  readonly #one: Direction;
  readonly #other: Direction;

  constructor({ from, to }: Segment, say: InspectionSay) {
    this.#one = new Direction(from, say);
    this.#other = new Direction(to, say);
  }

  /** Whether a segment between the same ports is of this connection. */
  holds({ from, sequence, acknowledgment, syn }: Segment): boolean {
    const [own, peer] = this.#ends(from);
    if (!syn) {
      return own.isNear(sequence) && (acknowledgment === null || peer.isNear(acknowledgment));
    }
    if (own.initial !== null) return sequence === own.initial;
    const known = [own.lowest, peer.lowestAcknowledgment].filter((number) => number !== null);
    return known.every((number) => {
      const ahead = distance(sequence + 1, number);
      return ahead >= 0 && ahead < NEAR;
    });
  }

  add(segment: Segment): void {
    this.#ends(segment.from)[0].add(segment);
  }

  joined(): TcpConnection {
    const opener = [this.#one, this.#other].find(({ opens }) => opens);
    const answerer = [this.#one, this.#other].find(({ answers }) => answers);
    const isOther = opener === this.#other || (opener === undefined && answerer === this.#one);
    const [first, second] = isOther ? [this.#other, this.#one] : [this.#one, this.#other];
    const isKnown = opener !== undefined || answerer !== undefined;
    return {
      opener: isKnown ? first.from : null,
      directions: [first.joined(second.start), second.joined(first.start)],
    };
  }

  #ends(from: string): [own: Direction, peer: Direction] {
    return from === this.#one.from ? [this.#one, this.#other] : [this.#other, this.#one];
  }
}

/** Bytes at their place: a sequence number that does not start again. */
interface Placed {
  readonly at: number;
  readonly payload: Uint8Array;
  readonly missing: number;
  readonly heard: number | null;
  readonly time: CaptureTime | undefined;
}

/** One direction, while it is read. */
class Direction {
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
  readonly #placed: Placed[] = [];

  readonly #say: InspectionSay;

  constructor(from: string, say: InspectionSay) {
    this.#say = say;
    this.from = from;
  }

  isNear(sequence: number): boolean {
    return this.#highest === null || Math.abs(distance(this.#highest, sequence)) < FAR;
  }

  add({ sequence, acknowledgment, syn, fin, rst, payload, missing, time }: Segment): void {
    if (rst) {
      this.#isReset = true; // its number and its bytes are no part of the stream
      return;
    }
    const at = this.#place(sequence) + (syn ? 1 : 0);
    if (syn) {
      this.initial = sequence;
      this.#start = at;
      if (acknowledgment === null) this.opens = true;
      else this.answers = true;
    }
    this.lowest = Math.min(this.lowest ?? at, at);
    if (acknowledgment !== null) this.#acknowledge(acknowledgment);
    if (payload.length + missing > 0) {
      this.#placed.push({ at, payload, missing, heard: acknowledgment, time });
    }
    if (fin) this.#end = at + payload.length + missing;
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

  /** Where its bytes begin, as far as they are here; null where none is. */
  get start(): number | null {
    const places = this.#placed.map(({ at }) => at);
    return this.#start ?? places.reduce<number | null>((a, b) => Math.min(a ?? b, b), null);
  }

  /** @param peerStart where the other direction's bytes begin */
  joined(peerStart: number | null): TcpDirection {
    const placed = this.#placed.sort((a, b) => a.at - b.at);
    const start = this.#start ?? placed[0]?.at ?? this.#end ?? 0;
    const pieces: Uint8Array[] = [];
    const heard: (number | null)[] = [];
    const times = new Map<Uint8Array, CaptureTime>();
    let next = start;
    let read = 0;
    for (; read < placed.length; read++) {
      const { at, payload, heard: number, time } = placed[read] as Placed;
      if (at > next) break;
      const fresh = payload.subarray(next - at); // what came before is a retransmission
      if (fresh.length === 0) continue;
      pieces.push(fresh);
      if (time !== undefined) times.set(fresh, time);
      heard.push(number === null || peerStart === null ? null : distance(peerStart, number));
      next += fresh.length;
    }
    const runs = runsOf(placed.slice(read), next, times);
    const notes: string[] = [];
    const gap = this.#gap(placed, read, next, next - start);
    if (gap !== null) notes.push(gap);
    const behind = runs.slice(MOST_RUNS).flatMap(({ pieces }) => pieces);
    if (behind.length > 0) {
      const n = behind.reduce((sum, { length }) => sum + length, 0);
      notes.push(this.#say('capture.gaps', { most: MOST_RUNS, n }));
    }
    if (this.#isReset) notes.push(this.#say('capture.reset'));
    const isFromStart = this.#start !== null;
    const joined = { from: this.from, pieces, heard, runs: runs.slice(0, MOST_RUNS) };
    return { ...joined, ...(times.size > 0 ? { times } : {}), isFromStart, notes };
  }

  /** What is missing at a place, and how much behind it is left out; null when nothing is. */
  #gap(placed: readonly Placed[], read: number, next: number, bytes: number): string | null {
    const ends = placed.map(({ at, payload, missing }) => at + payload.length + missing);
    const last = ends.reduce((most, end) => Math.max(most, end), this.#end ?? next);
    const missing = (placed[read]?.at ?? last) - next;
    if (missing <= 0) return null;
    return this.#say('capture.lacks', { read: bytes, missing });
  }
}

/** @param placed in order, behind the first gap; @param end of what is in front of that */
function runsOf(
  placed: readonly Placed[],
  end: number,
  times: Map<Uint8Array, CaptureTime>,
): Run[] {
  const runs: { missing: number; pieces: Uint8Array[] }[] = [];
  let next = end;
  for (const { at, payload, time } of placed) {
    const fresh = payload.subarray(Math.max(0, next - at));
    if (fresh.length === 0) continue;
    if (at > next) runs.push({ missing: at - next, pieces: [] });
    runs.at(-1)?.pieces.push(fresh);
    if (time !== undefined) times.set(fresh, time);
    next = Math.max(next, at) + fresh.length;
  }
  return runs;
}
