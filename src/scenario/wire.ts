/**
 * What went over the wire from a server to its clients while a scenario was played, as data, and
 * its units: answer heads and frames.
 * @module
 */

import { fromHex, fromUtf8Lossy, joinBytes, toHex } from '../bytes.js';
import { comparison } from '../texts/comparison.en.js';
import { newStream, parseFrame } from '../websocket/parser.js';
import type { Scenario } from './scenario.js';

/** Something that a client got from the server in one step. */
export type WireEvent = WireBytes | WireEnd;

/** Bytes that a client got, all of a step joined. */
export interface WireBytes {
  /** The step of the scenario, from 0. */
  step: number;
  /** The client's name. */
  client: string;
  /** The bytes in hex. */
  hex: string;
  /** How many times in a row, where a flood's frames are counted; absent for once. */
  times?: number;
}

/** The server ended a connection. */
export interface WireEnd {
  /** The step of the scenario, from 0. */
  step: number;
  /** The client's name. */
  client: string;
  /** By FIN or by RST. */
  end: 'fin' | 'reset';
}

/** A scenario with what a server sent in it: what a comparison needs of one side. */
export interface Recording {
  /** What was played. */
  scenario: Scenario;
  /** What the clients got. */
  wire: WireEvent[];
  /** The PHP that ran. */
  php: string;
  /** Which program it was. */
  source: string;
}

/** All that one client got, and how its connection ended; null while it stands. */
export interface ClientStream {
  /** What it got. */
  bytes: Uint8Array;
  /** How the server ended it. */
  end: 'fin' | 'reset' | null;
}

/**
 * Joins the steps of each client: TCP keeps no boundaries. How often a flood repeats its frame
 * depends on the buffers of the system, so a run of equal frames in it counts once.
 */
export function streamsOf(
  scenario: Scenario,
  wire: readonly WireEvent[],
): Map<string, ClientStream> {
  const streams = new Map<string, { parts: Uint8Array[]; end: 'fin' | 'reset' | null }>();
  for (const action of scenario.steps.flat()) {
    if (action.do === 'connect') streams.set(action.client, { parts: [], end: null });
  }
  for (const event of wire) {
    const stream = streams.get(event.client);
    if (stream === undefined) continue;
    if ('end' in event) stream.end = event.end;
    else stream.parts.push(fromHex(event.hex) ?? new Uint8Array(0));
  }
  const once = hasFlood(scenario) ? withoutRuns : (bytes: Uint8Array) => bytes;
  return new Map(
    [...streams].map(([client, { parts, end }]) => [
      client,
      { bytes: once(joinBytes(parts)), end },
    ]),
  );
}

/** Tells whether a scenario floods, so that counts depend on the system's buffers. */
export function hasFlood({ steps }: Scenario): boolean {
  return steps.flat().some((action) => action.do === 'flood');
}

/** The same head or frame, so many times in a row. */
export interface WireRun {
  /** Its bytes in hex. */
  hex: string;
  /** How many times. */
  times: number;
}

/** What a client got in a flood, in runs of the same frame. */
export function runsOf(bytes: Uint8Array): WireRun[] {
  const runs: WireRun[] = [];
  for (const { start, end } of unitsOf(bytes)) {
    const hex = toHex(bytes.subarray(start, end));
    const last = runs.at(-1);
    if (last?.hex === hex) last.times++;
    else runs.push({ hex, times: 1 });
  }
  return runs;
}

function withoutRuns(bytes: Uint8Array): Uint8Array {
  return joinBytes(runsOf(bytes).map(({ hex }) => fromHex(hex) ?? new Uint8Array(0)));
}

/** A field of a unit: where it lies in the stream, end exclusive. */
export interface WireField {
  /** A header's name in lower case, or the field's name in RFC 6455 5.2. */
  name: string;
  /** The offset of its first byte. */
  start: number;
  /** The offset behind its last. */
  end: number;
}

/** The head of an HTTP answer, or a frame, in a stream from the server. */
export interface WireUnit {
  /** Which of the two. */
  kind: 'head' | 'frame';
  /** The offset of its first byte. */
  start: number;
  /** The offset behind its last. */
  end: number;
  /** Header lines by lower-case name, or the fields of a frame in the order of RFC 6455 5.2. */
  fields: WireField[];
}

/** Takes a stream from the server apart. What is not whole at its end is a unit too. */
export function unitsOf(bytes: Uint8Array): WireUnit[] {
  const units: WireUnit[] = [];
  for (let start = 0; start < bytes.length; ) {
    const unit = startsWithHttp(bytes, start) ? headAt(bytes, start) : frameAt(bytes, start);
    units.push(unit);
    start = unit.end;
  }
  return units;
}

function startsWithHttp(bytes: Uint8Array, at: number): boolean {
  return String.fromCharCode(...bytes.subarray(at, at + 5)) === 'HTTP/';
}

function headAt(bytes: Uint8Array, start: number): WireUnit {
  const fields: WireField[] = [];
  let at = start;
  for (;;) {
    const lf = bytes.indexOf(0x0a, at);
    const end = lf === -1 ? bytes.length : lf + 1;
    const line = fromUtf8Lossy(bytes.subarray(at, end)).trim();
    const name =
      at === start
        ? comparison['field.status']
        : line === ''
          ? comparison['field.empty']
          : nameOf(line);
    fields.push({ name, start: at, end });
    at = end;
    if (line === '' || lf === -1) return { kind: 'head', start, end: at, fields };
  }
}

function nameOf(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf(':'))).toLowerCase();
}

/** Reads a frame with the one parser, which goes on over what is wrong with it. */
function frameAt(bytes: Uint8Array, start: number): WireUnit {
  const fields: WireField[] = [];
  const parser = parseFrame(newStream('server'));
  let at = start;
  let value = 0;
  for (;;) {
    const result = parser.next(value);
    if (result.done === true) return { kind: 'frame', start, end: at, fields };
    if (!('ask' in result.value)) continue;
    const { ask, length } = result.value;
    const end = Math.min(bytes.length, at + length);
    fields.push({ name: ask, start: at, end });
    value = 0;
    if (ask !== 'payload') for (const byte of bytes.subarray(at, end)) value = value * 256 + byte;
    at = end;
    if (end - (fields.at(-1)?.start ?? 0) < length) return { kind: 'frame', start, end, fields };
  }
}
