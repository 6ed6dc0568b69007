/**
 * Rules of a simulated network: how the bytes of one segment arrive. A rule can cut, join, delay and
 * cut off; it cannot change bytes, lose some and go on, or turn their order round, for TCP cannot.
 * @module
 */

import { failing } from '../texts/errors.js';
import { microsOf } from './sim-clock.js';
import { Random } from './sim-random.js';

/** Bytes that are about to cross the network in one piece. */
export interface Segment {
  /** Which connection: 1 for the first `connect` of the world, and so on. */
  readonly connection: number;
  /** The sending host's name. */
  readonly from: string;
  /** The receiving host's name. */
  readonly to: string;
  /** `up` from the end that connected, `down` from the end that accepted. */
  readonly direction: 'up' | 'down';
  /** Segments before it in this direction. */
  readonly seq: number;
  /** Bytes before it in this direction: where it is in the stream. */
  readonly offset: number;
  /** What it carries; not to be changed. */
  readonly bytes: Uint8Array;
  /** When it arrives if nothing else delays it, in milliseconds: no gap, nothing before it that is late. */
  readonly arrivesMs: number;
}

/** A part of a segment that arrives by itself. */
export interface Piece {
  /** Bytes in it, 1 or more. */
  length: number;
  /** Milliseconds that it arrives later than it would. Default 0. */
  delayMs?: number;
  /** Milliseconds, at least, behind what arrives before it in this direction. Default 0. */
  gapMs?: number;
}

/** What a rule says of a segment. */
export interface Verdict {
  /** Its pieces in order. Bytes behind the last arrive with no gap, or not at all if there is a `cut`. */
  pieces: readonly Piece[];
  /**
   * What happens behind the pieces: `reset`, both ends get RST; `silence`, nothing passes any more
   * in either direction, and nobody is told. Default: nothing happens.
   */
  cut?: 'reset' | 'silence';
}

/** Decides how a segment arrives; `undefined` leaves it as it is. The same for the same segment. */
export type Rule = (segment: Segment) => Verdict | undefined;

/** What a rule is for; what is left out does not matter. */
export type Where = Partial<Pick<Segment, 'connection' | 'from' | 'to' | 'direction'>>;

/** How pieces follow one another. */
export interface GapOptions {
  /** Milliseconds between pieces: enough for a turn of the receiver's loop. Default 1. */
  gapMs?: number;
}

/** Restricts a rule to some segments. */
export function only(where: Where, rule: Rule): Rule {
  const keys = Object.keys(where) as (keyof Where)[];
  return (segment) =>
    keys.every((key) => where[key] === undefined || where[key] === segment[key])
      ? rule(segment)
      : undefined;
}

/** Cuts each stream at these offsets, counted from its first byte. */
export function cutAt(offsets: readonly number[], { gapMs = 1 }: GapOptions = {}): Rule {
  return ({ offset, bytes }) => {
    const cuts = new Set(offsets.map((place) => place - offset));
    const inside = [...cuts].filter((cut) => cut > 0 && cut < bytes.length).sort((a, b) => a - b);
    // a segment that begins at a cut keeps away from the one before it
    const gaps = [cuts.has(0) ? gapMs : 0, ...inside.map(() => gapMs)];
    const pieces = lengths(inside, bytes.length);
    return { pieces: pieces.map((length, i) => ({ length, gapMs: gaps[i] ?? 0 })) };
  };
}

/** Every byte arrives by itself. */
export function everyByte({ gapMs = 1 }: GapOptions = {}): Rule {
  return ({ bytes }) => ({ pieces: Array.from(bytes, () => ({ length: 1, gapMs })) });
}

/** Cuts each segment at none to three places, with gaps of one to three times `gapMs`, as the seed has it. */
export function randomCuts(seed: number, { gapMs = 1 }: GapOptions = {}): Rule {
  return ({ connection, direction, offset, bytes }) => {
    const random = new Random(seed, connection, direction === 'up' ? 0 : 1, offset);
    const cuts = new Set<number>();
    for (let i = random.below(4); i > 0 && bytes.length > 1; i--) {
      cuts.add(1 + random.below(bytes.length - 1));
    }
    const places = [...cuts].sort((a, b) => a - b);
    const gap = (): number => gapMs * (1 + random.below(3));
    return { pieces: lengths(places, bytes.length).map((length) => ({ length, gapMs: gap() })) };
  };
}

/** Everything arrives this much later. */
export function delay(ms: number): Rule {
  return ({ bytes }) => ({ pieces: [{ length: bytes.length, delayMs: ms }] });
}

/** Joins: what would arrive within one stretch of `ms` arrives at the end of it, all together. */
export function gather(ms: number): Rule {
  return ({ bytes, arrivesMs }) => {
    const late = microsOf(arrivesMs) % microsOf(ms);
    return { pieces: [{ length: bytes.length, delayMs: late === 0 ? 0 : ms - late / 1_000 }] };
  };
}

/** Cuts a connection off when so many bytes of one direction have passed. */
export function cutOff(after: number, cut: 'reset' | 'silence' = 'reset'): Rule {
  return ({ offset, bytes }) => {
    const length = after - offset;
    if (length > bytes.length) return undefined;
    return { pieces: length > 0 ? [{ length }] : [], cut };
  };
}

/** How one segment arrives when every rule has spoken. */
export interface Delivery {
  /** Its pieces, in order. */
  pieces: PlannedPiece[];
  /** What happens behind them; null for nothing. */
  cut: Verdict['cut'] | null;
}

/** A piece with its bytes. */
export interface PlannedPiece {
  /** The bytes. */
  bytes: Uint8Array;
  /** Milliseconds later than the segment would have arrived. */
  delayMs: number;
  /** Milliseconds, at least, behind what arrives before it. */
  gapMs: number;
}

/** Asks all rules, each about the pieces that those before it have made. */
export function deliver(rules: readonly Rule[], segment: Segment): Delivery {
  let pieces: PlannedPiece[] = [{ bytes: segment.bytes, delayMs: 0, gapMs: 0 }];
  let cut: Delivery['cut'] = null;
  for (const rule of rules) {
    const next: PlannedPiece[] = [];
    let { offset } = segment;
    for (const piece of pieces) {
      const arrivesMs = segment.arrivesMs + piece.delayMs;
      const verdict = rule({ ...segment, offset, bytes: piece.bytes, arrivesMs });
      next.push(...(verdict === undefined ? [piece] : divide(piece, verdict)));
      offset += piece.bytes.length;
      if (verdict?.cut === undefined) continue;
      cut = verdict.cut; // by an earlier rule it would be behind this piece
      break;
    }
    pieces = next;
  }
  return { pieces, cut };
}

/** A piece as a rule divides it: delays add up, and the first part keeps the gap in front of it. */
function divide(whole: PlannedPiece, { pieces, cut }: Verdict): PlannedPiece[] {
  const parts: PlannedPiece[] = [];
  let rest = whole.bytes;
  const take = (length: number, delayMs = 0, gapMs = 0): void => {
    if (!Number.isInteger(length) || length < 1 || length > rest.length) {
      throw failing(RangeError, 'sim.piece', { length, rest: rest.length });
    }
    const gap = parts.length === 0 ? Math.max(whole.gapMs, gapMs) : gapMs;
    parts.push({
      bytes: rest.subarray(0, length),
      delayMs: whole.delayMs + delayMs,
      gapMs: gap,
    });
    rest = rest.subarray(length);
  };
  for (const { length, delayMs, gapMs } of pieces) take(length, delayMs, gapMs);
  if (cut === undefined && rest.length > 0) take(rest.length);
  return parts;
}

/** The lengths of the parts between cuts, all inside. */
function lengths(cuts: readonly number[], whole: number): number[] {
  return [...cuts, whole].map((end, i) => end - (cuts[i - 1] ?? 0));
}
