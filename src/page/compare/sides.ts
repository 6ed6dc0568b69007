/**
 * Two sides of a scenario for the Compare view: which rows differ, and what came out of a file that
 * a person opened.
 * @module
 */

import { compare, type WireDifference } from '../../scenario/compare.js';
import { checkScenario, type Scenario } from '../../scenario/scenario.js';
import { hasFlood, type WireEvent } from '../../scenario/wire.js';
import { describeError } from '../../texts/errors.js';
import { diffTraces, type TraceRow } from '../../trace/diff.js';
import type { TraceEvent } from '../../trace/event.js';
import type { TraceMaker } from '../../trace/maker.js';
import { parseEvent, readTrace } from '../../trace/ndjson.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import type { ComparedSide } from './recordings.js';

/** Two sides beside each other. */
export interface Compared {
  /** The steps of both. */
  rows: readonly TraceRow[];
  /** The indices of the rows that differ. */
  differences: readonly number[];
  /** Where what the clients got differs; null where a side does not know that. */
  wire: readonly WireDifference[] | null;
}

/** Compares. The scenario says whether a flood is in it, whose length depends on the system. */
export function compareSides(
  scenario: Scenario,
  left: ComparedSide,
  right: ComparedSide,
): Compared {
  const collapse = hasFlood(scenario);
  const rows = diffTraces(left.trace, right.trace, { collapse });
  const differences = rows.flatMap(({ same }, i) => (same ? [] : [i]));
  if (left.wire === null || right.wire === null) return { rows, differences, wire: null };
  const side = (wire: readonly WireEvent[]) => ({ name: '', wire, trace: null });
  return {
    rows,
    differences,
    wire: compare(scenario, side(left.wire), side(right.wire)).wire,
  };
}

/** Steps from one difference to the next, or to the one before. @returns the row as it was where there is none */
export function nextDifference(differences: readonly number[], row: number, by: 1 | -1): number {
  const list = by === 1 ? differences : differences.toReversed();
  return list.find((one) => (one - row) * by > 0) ?? row;
}

/** The bytes of a step; of a deal, those of its answer. Null for a step that has none. */
export function bytesOf(event: TraceEvent | null): Uint8Array | null {
  if (event === null) return null;
  if (event.step === 'deal') return new TextEncoder().encode(event.reply);
  return 'bytes' in event && event.bytes.length > 0 ? event.bytes : null;
}

/** The first byte that differs, also where one has none there; -1 when they are equal. */
export function firstDifferingByte(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : length;
}

/** What a file holds. */
export interface OpenedSide extends ComparedSide {
  /** The scenario that was recorded; null where the file does not say. */
  scenario: Scenario | null;
  /** What made the trace; null where the file does not say. */
  maker: TraceMaker | null;
  /** Where it could be read no further, in one line; null when all was read. */
  problem: string | null;
}

/**
 * Reads a trace (NDJSON) or a recording (JSON with its scenario).
 *
 * @throws Error in one line for what is neither
 */
export function readSide(text: string): OpenedSide {
  const recording = asRecording(text);
  if (recording !== null) {
    const { scenario, wire, trace } = recording;
    if (!Array.isArray(trace)) throw new Error(say('compare.read.no-trace'));
    return {
      scenario: checkScenario(scenario),
      wire: wire.map(readWire),
      trace: trace.map((event, i) => parseEvent(JSON.stringify(event), i + 1)),
      maker: null,
      problem: null,
    };
  }
  const { events, error, maker } = readTrace(text);
  if (events.length === 0) throw error ?? new Error(say('compare.read.no-step'));
  return {
    scenario: null,
    wire: null,
    trace: events,
    maker,
    problem: error && describeError(error, language.value),
  };
}

function readWire(value: unknown, index: number): WireEvent {
  const { step, client, hex, end } = (value ?? {}) as Record<string, unknown>;
  const isKnown = typeof step === 'number' && typeof client === 'string';
  if (isKnown && typeof hex === 'string') return { step, client, hex };
  if (isKnown && (end === 'fin' || end === 'reset')) return { step, client, end };
  throw new Error(say('compare.read.wire', { index: String(index) }));
}

function asRecording(text: string): { scenario: unknown; wire: unknown[]; trace: unknown } | null {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value?.wire) ? value : null;
  } catch {
    return null;
  }
}
