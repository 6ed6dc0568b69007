/**
 * Blocks: the heads and frames, or pieces of them, that lie in a pipe or in the program's hands.
 * @module
 */

import type { Letter } from '../../inspect/letters.js';
import type { TraceEvent } from '../../trace/event.js';
import { Fields, type StreamUnit } from './fields.js';
import { lastUpTo, type Track } from './tracks.js';

/** What travels. Lengths are bytes. */
export interface Block {
  /** The same for the same bytes of the same connection, wherever they are. */
  readonly key: string;
  /** What it is: bytes, a connection that waits, or how a stream ends. */
  readonly kind: 'bytes' | 'connection' | 'fin' | 'reset';
  /** Its bytes; 0 for what has none. */
  readonly length: number;
  /** Its fields in order; one with letter null where the trace does not hold the bytes. */
  readonly fields: readonly { readonly letter: Letter | null; readonly length: number }[];
  /** Whether its unit begins with it: if not, it is a later piece. */
  readonly begins: boolean;
  /** Whether its unit ends with it: if not, the rest comes in another piece. */
  readonly ends: boolean;
}

/** Blocks in order of the stream, the first first; and how many bytes behind them are not drawn. */
export interface Blocks {
  readonly blocks: readonly Block[];
  readonly more: number;
}

/** No more are drawn in a row. */
const MOST = 6;
/** No more frames are looked at for an outbox. */
const MOST_FRAMES = 20_000;

/** Nothing. */
export const NO_BLOCKS: Blocks = { blocks: [], more: 0 };

/** A block that is no bytes. */
export function sign(key: string, kind: Exclude<Block['kind'], 'bytes'>): Block {
  return { key, kind, length: 0, fields: [], begins: true, ends: true };
}

/** What lies in a stretch of what a peer sends. */
export function blocksOf(key: string, stream: Fields, start: number, end: number): Blocks {
  const blocks: Block[] = [];
  const { units } = stream;
  let at = start;
  let i = Math.max(0, firstBehind(units, start));
  for (; at < end && blocks.length < MOST && i < units.length; i++) {
    const unit = units[i] as StreamUnit;
    const to = Math.min(end, unit.end);
    if (at >= stream.length) break;
    blocks.push(piece(key, unit, at, to));
    at = to;
  }
  // never taken, so the trace does not hold them
  if (at < end && blocks.length < MOST) {
    blocks.push(unknown(`${key}-${at}`, end - at));
    at = end;
  }
  return { blocks, more: end - at };
}

function firstBehind(units: readonly StreamUnit[], offset: number): number {
  let [low, high] = [0, units.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((units[middle] as StreamUnit).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function piece(key: string, { start, end, fields }: StreamUnit, from: number, to: number): Block {
  const parts = fields.flatMap(([letter, begin], i) => {
    const behind = fields[i + 1]?.[1] ?? end;
    const length = Math.min(to, behind) - Math.max(from, begin);
    return length > 0 ? [{ letter, length }] : [];
  });
  return {
    key: `${key}-${from}`,
    kind: 'bytes',
    length: to - from,
    fields: parts,
    begins: from <= start,
    ends: to >= end,
  };
}

function unknown(key: string, length: number): Block {
  const fields = [{ letter: null, length }];
  return { key, kind: 'bytes', length, fields, begins: true, ends: true };
}

/** A frame that the program has made. */
export function madeBlock(key: string, bytes: Uint8Array): Block {
  const [unit] = unitOf(bytes);
  return unit === undefined ? unknown(key, bytes.length) : piece(key, unit, 0, bytes.length);
}

/**
 * What was offered to a socket and lies in its outbox, or has just passed through.
 *
 * @param index of an event; what was made behind it, or is not offered yet, does not count
 * @param length bytes in all
 * @param range which of them
 */
export function offeredBlocks(
  events: readonly TraceEvent[],
  track: Track,
  index: number,
  length: number,
  range: readonly [from: number, to: number],
): Blocks {
  const [from, to] = range;
  if (to <= from) return NO_BLOCKS;
  const offered = track.offered[lastUpTo(track.offered, index)] ?? -1;
  const frames: { at: number; bytes: Uint8Array }[] = [];
  let known = 0;
  for (let i = lastUpTo(track.made, offered); i >= 0 && known < length; i--) {
    const at = track.made[i] as number;
    const event = events[at];
    if (event?.step !== 'broadcast' || frames.length > MOST_FRAMES) break;
    frames.push({ at, bytes: event.bytes });
    known += event.bytes.length;
  }
  const blocks: Block[] = [];
  const key = `out-${track.opened}`;
  let at = length - known; // where the oldest frame begins; below 0 where a part of it has gone
  if (at > from) blocks.push(unknown(`${key}-u${offered}-${from}`, Math.min(at, to) - from));
  let drawn = Math.max(from, Math.min(at, to));
  for (let i = frames.length - 1; i >= 0 && drawn < to && blocks.length < MOST; i--) {
    const { at: made, bytes } = frames[i] as { at: number; bytes: Uint8Array };
    const end = at + bytes.length;
    if (end > from) {
      const [unit] = unitOf(bytes);
      const [first, last] = [Math.max(at, from) - at, Math.min(end, to) - at];
      if (unit !== undefined) blocks.push(piece(`${key}-${made}`, unit, first, last));
      drawn = at + last;
    }
    at = end;
  }
  return { blocks, more: to - drawn };
}

function unitOf(bytes: Uint8Array): StreamUnit[] {
  const fields = new Fields(false);
  fields.read(bytes);
  return fields.units.slice(0, 1).map((unit) => ({ ...unit, end: bytes.length }));
}
