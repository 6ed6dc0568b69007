/**
 * Holds two servers against each other in one scenario: on the wire, byte for byte and client by
 * client, and step by step in their traces. What parts them is named by its field and, where it is
 * one of the original's defects, by its number.
 * @module
 */

import { toHex } from '../bytes.js';
import { HARMLESS } from '../chat/defects.js';
import { diffTraces, type TraceRow, tracesEqual } from '../trace/diff.js';
import type { TraceEvent } from '../trace/event.js';
import type { Scenario } from './scenario.js';
import {
  type ClientStream,
  hasFlood,
  streamsOf,
  unitsOf,
  type WireEvent,
  type WireUnit,
} from './wire.js';

/** What one server did in a scenario. */
export interface Side {
  /** How the side was named: `original`, `php:server.php` and so on. */
  name: string;
  /** What its clients got. */
  wire: readonly WireEvent[];
  /** Its steps; null where it does not tell them. */
  trace: readonly TraceEvent[] | null;
  /** What else a reader must know of it: repairs that were made, say. */
  notes?: readonly string[];
}

/** A place where what a client got differs. */
export interface WireDifference {
  /** The client's name. */
  client: string;
  /** Offsets of the first byte that differs, in what this client got. */
  leftOffset: number;
  /** The same on the right. */
  rightOffset: number;
  /** The field that the byte belongs to: a header's name, or a field of RFC 6455 5.2. */
  field: string;
  /** What stands there, in hex from that byte on, or how the connection ended. */
  left: string;
  /** The same on the right. */
  right: string;
  /** The number of a difference of form alone, which no client minds; null for any other. */
  harmless: string | null;
}

/** Two servers in one scenario. */
export interface Comparison {
  /** The scenario's name. */
  scenario: string;
  /** The left side's name. */
  left: string;
  /** The right side's name. */
  right: string;
  /** Whether nothing differs, on the wire or in the traces. */
  equal: boolean;
  /** Bytes that all clients got, on the left. */
  bytes: number;
  /** Where the wire differs, by client in the order of connecting. */
  wire: WireDifference[];
  /** The traces side by side; null where a side has none. */
  rows: TraceRow[] | null;
  /** The numbers of the defects that explain it. */
  defects: string[];
  /** What else a reader must know of either side. */
  notes: string[];
}

/** Compares two sides that played the same scenario. */
export function compare(scenario: Scenario, left: Side, right: Side): Comparison {
  const lefts = streamsOf(scenario, left.wire);
  const rights = streamsOf(scenario, right.wire);
  const wire: WireDifference[] = [];
  let bytes = 0;
  for (const [client, stream] of lefts) {
    bytes += stream.bytes.length;
    const other = rights.get(client);
    if (other !== undefined) wire.push(...compareStreams(client, stream, other));
  }
  const rows =
    left.trace === null || right.trace === null
      ? null
      : diffTraces(left.trace, right.trace, { collapse: hasFlood(scenario) });
  const equal = wire.length === 0 && (rows === null || tracesEqual(rows));
  const harmless = [...new Set(wire.flatMap(({ harmless: number }) => number ?? []))];
  const harmful =
    equal || wire.every((one) => one.harmless !== null) ? [] : (scenario.defects ?? []);
  const names = { scenario: scenario.name, left: left.name, right: right.name };
  const notes = [left, right].flatMap((side) => side.notes ?? []);
  return { ...names, equal, bytes, wire, rows, defects: [...harmful, ...harmless], notes };
}

/**
 * Walks both streams unit by unit. What differs in form alone is noted and passed over, once for
 * each kind; the first other difference ends the walk, since from there on nothing lines up.
 */
function compareStreams(client: string, left: ClientStream, right: ClientStream): WireDifference[] {
  const found: WireDifference[] = [];
  const rights = unitsOf(right.bytes);
  const lefts = unitsOf(left.bytes);
  for (let i = 0; i < Math.max(lefts.length, rights.length); i++) {
    const difference = compareUnits(client, left, right, lefts[i], rights[i]);
    if (difference === null || found.some((one) => isSameForm(one, difference))) continue;
    found.push(difference);
    if (difference.harmless === null) return found;
  }
  if (left.end !== right.end) {
    found.push({
      client,
      leftOffset: left.bytes.length,
      rightOffset: right.bytes.length,
      field: 'end of the connection',
      left: endName(left),
      right: endName(right),
      harmless: null,
    });
  }
  return found;
}

function isSameForm(a: WireDifference, b: WireDifference): boolean {
  return a.harmless !== null && a.harmless === b.harmless && a.field === b.field;
}

function compareUnits(
  client: string,
  left: ClientStream,
  right: ClientStream,
  leftUnit: WireUnit | undefined,
  rightUnit: WireUnit | undefined,
): WireDifference | null {
  const a = unitBytes(left, leftUnit);
  const b = unitBytes(right, rightUnit);
  const at = firstDifference(a, b);
  if (at === -1) return null;
  const leftOffset = (leftUnit?.start ?? left.bytes.length) + at;
  const rightOffset = (rightUnit?.start ?? right.bytes.length) + at;
  return {
    client,
    leftOffset,
    rightOffset,
    field: fieldAt(leftUnit, leftOffset) ?? fieldAt(rightUnit, rightOffset) ?? 'end of the bytes',
    left: at < a.length ? preview(a.subarray(at)) : endName(left),
    right: at < b.length ? preview(b.subarray(at)) : endName(right),
    harmless: differenceOfForm(a, b, leftUnit?.kind, rightUnit?.kind),
  };
}

function unitBytes({ bytes }: ClientStream, unit: WireUnit | undefined): Uint8Array {
  return unit === undefined ? new Uint8Array(0) : bytes.subarray(unit.start, unit.end);
}

/** The offset of the first byte that differs, also where one is longer; -1 when they are equal. */
function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : length;
}

function fieldAt(unit: WireUnit | undefined, offset: number): string | null {
  return unit?.fields.find(({ start, end }) => offset >= start && offset < end)?.name ?? null;
}

/** The number under which two units mean the same in another form; null when they do not. */
function differenceOfForm(
  a: Uint8Array,
  b: Uint8Array,
  kind: string | undefined,
  otherKind: string | undefined,
): string | null {
  if (kind !== otherKind) return null;
  const meaning = kind === 'head' ? meaningOfHead : meaningOfFrame;
  const meant = meaning(a);
  if (meant === null || meant !== meaning(b)) return null;
  return kind === 'head' ? HARMLESS.head : HARMLESS.json;
}

/** Status and accept value: what a client looks for in the answer to its request. */
function meaningOfHead(bytes: Uint8Array): string | null {
  const text = new TextDecoder().decode(bytes);
  const status = /^HTTP\/1\.1 (\d+)/.exec(text)?.[1];
  const accept = /\r\nSec-WebSocket-Accept: *(\S+)\r\n/i.exec(text)?.[1];
  return status === undefined || accept === undefined ? null : `${status} ${accept}`;
}

/** The JSON of a text frame, in one form of writing. */
function meaningOfFrame(bytes: Uint8Array): string | null {
  const [unit] = unitsOf(bytes);
  const payload = unit?.fields.find(({ name }) => name === 'payload');
  if (payload === undefined || bytes[0] !== 0x81) return null;
  try {
    return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes.subarray(payload.start))));
  } catch {
    return null;
  }
}

function preview(bytes: Uint8Array): string {
  return `${toHex(bytes.subarray(0, 12))}${bytes.length > 12 ? '…' : ''}`;
}

function endName({ end }: ClientStream): string {
  return end === null ? 'nothing, the connection stands' : end === 'fin' ? 'FIN' : 'RST';
}
