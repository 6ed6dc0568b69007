/**
 * Holds two servers against each other in one scenario: on the wire, byte for byte and client by
 * client, and step by step in their traces. Where they part is named by its field, and decoded. Why
 * they part is not known here: a scenario says which defects it is about, and no more.
 * @module
 */

import { fromUtf8Lossy, toHex } from '../bytes.js';
import { comparison } from '../texts/comparison.en.js';
import { comparison as comparisonZh } from '../texts/comparison.zh.js';
import type { Language } from '../texts/language.js';
import { recognise, restate } from '../texts/recognise.js';
import { fill, speakers } from '../texts/say.js';
import { diffTraces, type TraceRow, tracesEqual } from '../trace/diff.js';
import { describeEnglish } from '../trace/english.js';
import type { TraceEvent } from '../trace/event.js';
import { Opcode } from '../websocket/frame.js';
import type { Behaviour } from './behaviour.js';
import {
  differingField,
  type FormDifference,
  formOfFrames,
  formOfHeads,
  type JsonDifference,
  jsonDifference,
  readFrame,
  textOfFrame,
} from './reading.js';
import type { Scenario } from './scenario.js';
import {
  type ClientStream,
  hasFlood,
  streamsOf,
  unitsOf,
  type WireEvent,
  type WireUnit,
} from './wire.js';

/** Says in a language where two servers differ, and what stands there. */
export function describeDifference(
  difference: WireDifference,
  language?: Language,
): Pick<WireDifference, 'field' | 'left' | 'right' | 'leftReads' | 'rightReads'> {
  const say = (text: string): string => sayAgain(text, language);
  const { field, left, right, leftReads, rightReads } = difference;
  return {
    field: say(field),
    left: say(left),
    right: say(right),
    leftReads: say(leftReads),
    rightReads: say(rightReads),
  };
}

const sayIn = speakers({ en: comparison, zh: comparisonZh }, { grouping: false });

/** Says in a language what is English; what stood on the wire is not taken for a sentence of ours. */
export function sayAgain(text: string, language: Language | undefined): string {
  const { key, values = {} } = recognise(comparison, text) ?? {};
  const { problem, opcode } = values;
  if (key === 'reads.bad') {
    return sayIn(language)(key, { problem: describeEnglish(String(problem), language) });
  }
  if (opcode !== undefined && !Object.hasOwn(Opcode, opcode)) return text;
  return restate({ en: comparison, zh: comparisonZh }, text, language);
}

/** What a server did while it had nothing to do. */
export interface Restless {
  /** How often it woke; 0 where it never slept. */
  wakeUps: number;
  /** What it used of a processor, in milliseconds. */
  processorMs: number;
}

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
  /** What it did with nothing to do, where that is more than a loop does that waits. */
  restless?: Restless | undefined;
  /** How it behaved, where its system calls tell; else its trace does. */
  behaviour?: Behaviour | null;
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
  /** What it is to a client: the line of the head, or the frame with its text; '' where there is nothing. */
  leftReads: string;
  /** The same on the right. */
  rightReads: string;
  /** Where their JSON parts; null where one is none, or it is the same. */
  json: JsonDifference | null;
  /** What differs in form alone, which no client minds; null for any other difference. */
  form: FormDifference['form'] | null;
  /** The number of the defect that the difference itself shows; null where the bytes alone do not tell. */
  defect: string | null;
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
  /** The numbers of the defects that the scenario is about, whether or not they part the two. */
  about: string[];
  /** What else a reader must know of either side. */
  notes: string[];
  /** Sides that do not wait, which their bytes do not show. */
  restless: (Restless & {
    /** The name of the side. */
    side: string;
  })[];
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
  const names = { scenario: scenario.name, left: left.name, right: right.name };
  const notes = [left, right].flatMap((side) => side.notes ?? []);
  const restless = [left, right].flatMap((side) =>
    side.restless === undefined ? [] : [{ side: side.name, ...side.restless }],
  );
  const about = [...(scenario.defects ?? [])];
  return { ...names, equal, bytes, wire, rows, about, notes, restless };
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
    if (difference.form === null) return found;
  }
  if (left.end !== right.end) {
    found.push({
      client,
      leftOffset: left.bytes.length,
      rightOffset: right.bytes.length,
      field: comparison['field.end'],
      left: endName(left),
      right: endName(right),
      leftReads: '',
      rightReads: '',
      json: null,
      form: null,
      defect: null,
    });
  }
  return found;
}

function isSameForm(a: WireDifference, b: WireDifference): boolean {
  return a.form !== null && a.form === b.form && a.defect === b.defect && a.field === b.field;
}

function compareUnits(
  client: string,
  left: ClientStream,
  right: ClientStream,
  leftUnit: WireUnit | undefined,
  rightUnit: WireUnit | undefined,
): WireDifference | null {
  const [a, b] = [unitBytes(left, leftUnit), unitBytes(right, rightUnit)];
  const at = firstDifference(a, b);
  if (at === -1) return null;
  const areHeads = leftUnit?.kind === 'head' && rightUnit?.kind === 'head';
  const areFrames = leftUnit?.kind === 'frame' && rightUnit?.kind === 'frame';
  const form = areHeads ? formOfHeads(a, b) : areFrames ? formOfFrames(a, b) : null;
  const minded = areHeads && form === null ? differingField(a, b) : null;
  const leftAt = placeOf(left, leftUnit, minded, at);
  const rightAt = placeOf(right, rightUnit, minded, at);
  const texts = areFrames ? ([textOfFrame(a) ?? '', textOfFrame(b) ?? ''] as const) : null;
  return {
    client,
    leftOffset: leftAt.offset,
    rightOffset: rightAt.offset,
    field: minded ?? leftAt.field ?? rightAt.field ?? comparison['field.bytes'],
    left: leftAt.says,
    right: rightAt.says,
    leftReads: leftAt.reads,
    rightReads: rightAt.reads,
    json: texts === null ? null : jsonDifference(...texts),
    form: form?.form ?? null,
    defect: form?.defect ?? null,
  };
}

/** A place in what a client got. */
interface Place {
  offset: number;
  field: string | null;
  /** The bytes from there in hex, or how the connection ended. */
  says: string;
  /** The line of the head, or the frame, decoded. */
  reads: string;
}

/**
 * Finds the place of a difference on one side.
 *
 * @param minded the field of a head that a client minds; null to take the first byte that differs
 * @param at the first byte that differs, counted from the start of the unit
 */
function placeOf(
  stream: ClientStream,
  unit: WireUnit | undefined,
  minded: string | null,
  at: number,
): Place {
  const { bytes } = stream;
  const start = unit?.start ?? bytes.length;
  const line = minded === null ? undefined : unit?.fields.find(({ name }) => name === minded);
  if (unit === undefined) return { offset: start, field: null, says: endName(stream), reads: '' };
  if (minded !== null && line === undefined) {
    const last = unit.fields.at(-1)?.start ?? start; // it would have to stand in front of the empty line
    return {
      offset: last,
      field: null,
      says: fill(comparison.missing, { field: minded }),
      reads: '',
    };
  }
  const offset = line?.start ?? start + at;
  const field = line ?? unit.fields.find(({ start, end }) => offset >= start && offset < end);
  const isHead = unit.kind === 'head';
  const part = isHead && field !== undefined ? field : unit;
  const whole = bytes.subarray(part.start, part.end);
  return {
    offset,
    field: field?.name ?? null,
    says: offset < unit.end ? preview(bytes.subarray(offset, unit.end)) : endName(stream),
    reads: isHead ? fromUtf8Lossy(whole).trim() : readFrame(whole),
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

function preview(bytes: Uint8Array): string {
  return `${toHex(bytes.subarray(0, 12))}${bytes.length > 12 ? '…' : ''}`;
}

function endName({ end }: ClientStream): string {
  if (end === null) return comparison.stands;
  return end === 'fin' ? comparison.fin : comparison.rst;
}
