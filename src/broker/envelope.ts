/**
 * What loops write to each other: what was said in one of them, numbered, and who is there. It comes
 * over a broker to which others may write too, so nothing of it is taken on trust.
 * @module
 */

import { fromUtf8 } from '../bytes.js';
import type { Relayed } from '../chat/room.js';
import { hasFewParts, nameProblem } from '../chat/vocabulary.js';

/** Something that was said in a loop. */
export interface Envelope {
  /** Which loop: 16 hex digits, others each time that it starts. */
  loop: string;
  /** Its number in that loop, from 1. */
  n: number;
  /** What was said. */
  message: Relayed;
}

/** Who is in one loop. */
export interface Part {
  /** The number of the last thing that was said there. */
  n: number;
  /** Names, in the order of logging in. */
  names: string[];
}

/** Why something is not relayed: its text stands in the table of steps. */
export type Unfit = 'text' | 'long' | 'json' | 'shape' | 'own' | 'again' | 'loops';

/** The most parts of JSON that an envelope has: see `MAX_PARTS`. */
const MAX_PARTS = 32;
/** The most that may be in one loop: what is beyond says no loop of ours. */
const MAX_NAMES = 20_000;

/** Writes what was said. */
export function writeEnvelope({ loop, n, message }: Envelope): string {
  return JSON.stringify({ v: 1, loop, n, message });
}

/** Reads what was published. @returns why it is not relayed, where it is none of ours */
export function readEnvelope(bytes: Uint8Array): { text: string; envelope: Envelope } | Unfit {
  const text = fromUtf8(bytes);
  if (text === null) return 'text';
  if (!hasFewParts(text, MAX_PARTS)) return 'shape';
  const value = parse(text);
  if (value === undefined) return 'json';
  const { v, loop, n, message } = fields(value);
  if (v !== 1 || !isLoop(loop) || !isCount(n)) return 'shape';
  const relayed = relayedOf(message);
  return relayed === null ? 'shape' : { text, envelope: { loop, n, message: relayed } };
}

/** Writes who is there. */
export function writePart({ n, names }: Part): string {
  return JSON.stringify({ v: 1, n, names });
}

/** Reads who is in a loop. @returns null where it is none of ours */
export function readPart(bytes: Uint8Array): Part | null {
  const text = fromUtf8(bytes);
  if (text === null || !hasFewParts(text, MAX_NAMES + MAX_PARTS)) return null;
  const { v, n, names } = fields(parse(text));
  if (v !== 1 || !isCount(n) || !Array.isArray(names)) return null;
  return names.every(isName) ? { n, names } : null;
}

/** Tells whether a text names a loop. */
export function isLoop(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16}$/.test(value);
}

/** Only the keys that a relayed message has: others are left behind. */
function relayedOf(value: unknown): Relayed | null {
  const { type, from, content } = fields(value);
  if (typeof content !== 'string') return null;
  if (type === 'user') return isName(from) ? { type, from, content } : null;
  if (type !== 'login' && type !== 'logout') return null;
  return isName(content) ? { type, content } : null;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && nameProblem(value) === null;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
