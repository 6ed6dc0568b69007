/**
 * The trace as text, version 1: NDJSON, one event a line, bytes as hex. One table of the steps and
 * their keys serves for writing, reading and checking.
 * @module
 */

import { fromHex, toHex } from '../bytes.js';
import { type ErrorText, failingWith } from '../texts/errors.js';
import type { Values } from '../texts/say.js';
import type { StepName, TraceEvent } from './event.js';
import { parseMaker, type TraceMaker } from './maker.js';

type Kind =
  | 'number'
  | 'optional'
  | 'string'
  | 'boolean'
  | 'hex'
  | 'fds'
  | 'texts'
  | 'samples'
  | 'place'
  | 'refused';

/** The keys of each step and what they hold. @internal */
export const KEYS: Record<KnownStepName, Record<string, Kind>> = {
  socket: { fd: 'number', domain: 'string', type: 'string', protocol: 'string' },
  setsockopt: { fd: 'number', level: 'string', option: 'string', value: 'number' },
  bind: { fd: 'number', host: 'string', port: 'number' },
  listen: { fd: 'number', backlog: 'number' },
  select: { read: 'fds', write: 'fds', readyRead: 'fds', readyWrite: 'fds', scanned: 'number' },
  accept: { listener: 'number', fd: 'number', host: 'string', port: 'number' },
  recv: { fd: 'number', bytes: 'hex' },
  handshake: { fd: 'number', key: 'string', accept: 'string' },
  parse: {
    fd: 'number',
    fin: 'boolean',
    opcode: 'number',
    masked: 'boolean',
    payloadLength: 'number',
    bytes: 'hex',
  },
  deal: { fd: 'number', message: 'string', reply: 'string' },
  broadcast: { to: 'fds', bytes: 'hex' },
  send: { fd: 'number', length: 'number', taken: 'number' },
  block: { fd: 'number', syscall: 'string', reason: 'string' },
  disconnect: { fd: 'number', cause: 'string' },
  error: {
    fd: 'number',
    code: 'string',
    closeCode: 'number',
    section: 'string',
    message: 'string',
  },
  arrive: { fd: 'number', kind: 'string', length: 'number' },
  act: { client: 'string', do: 'string', bytes: 'hex' },
  call: {
    lesson: 'number',
    name: 'string',
    args: 'texts',
    returned: 'string',
  },
  again: { fd: 'number', call: 'string' },
  fault: { fd: 'number', call: 'string', code: 'string' },
  wake: { fd: 'number', kind: 'string' },
  other: { call: 'string', count: 'number', took: 'number' },
  broker: { fd: 'number', do: 'string', message: 'string' },
};

const CALL = { call: 'string', took: 'number', injected: 'boolean' } as const;
const INFERRED = { inferred: 'boolean' } as const;

/** Keys that a step has only where there is something to say. @internal */
export const OPTIONAL_KEYS: Partial<Record<StepName, Record<string, Kind>>> = {
  select: {
    pending: 'fds',
    sampled: 'samples',
    call: 'string',
    ...INFERRED,
    watched: 'optional',
    timeout: 'optional',
    waited: 'number',
    polls: 'number',
    changes: 'number',
  },
  accept: { ...CALL, ...INFERRED },
  recv: { ...CALL, room: 'number', length: 'number', cuts: 'boolean' },
  handshake: INFERRED,
  parse: INFERRED,
  send: { ...CALL, bytes: 'hex' },
  block: CALL,
  disconnect: CALL,
  again: { length: 'number', bytes: 'hex' },
  fault: { injected: 'boolean' },
  other: { fd: 'number' },
  call: { part: 'string', expected: 'string', given: 'string', fault: 'string' },
};

/** Keys that any step may have. */
const FURTHER_KEYS: Record<string, Kind> = { source: 'place' };

/** A handshake that was turned away holds this instead. */
const REFUSED_KEYS: Record<string, Kind> = { fd: 'number', refused: 'refused' };

/** A step that this version knows. */
export type KnownStepName = Exclude<StepName, 'unknown'>;

/** The names of all known steps, in the order in which a loop comes to them. */
export const STEP_NAMES = Object.keys(KEYS) as KnownStepName[];

/** A line that is no event: its number, from 1, and what is wrong with it. */
export class TraceError extends Error {
  /** `TraceError`. */
  override readonly name = 'TraceError';
  /** The line's number, from 1. */
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

function traceError(line: number, text: ErrorText, values: Values = {}): TraceError {
  return failingWith((message) => new TraceError(line, message), text, { line, ...values });
}

/** Writes one event as one line, without the newline. */
export function formatEvent(event: TraceEvent): string {
  const { v, seq, turn, t, step } = event;
  if (event.step === 'unknown') {
    return JSON.stringify({ v, seq, turn, t, step: event.name, ...event.keys });
  }
  const written: Record<string, unknown> = { v, seq, turn, t, step }; // this order, whoever made the event
  let key: keyof TraceEvent;
  for (key in event) {
    const value: unknown = event[key];
    written[key] = value instanceof Uint8Array ? toHex(value) : value;
  }
  return JSON.stringify(written);
}

/**
 * Reads one line of a trace. Keys and steps that this version does not know are kept.
 *
 * @param line its number, from 1, for the message
 * @throws TraceError for what is no event of version 1
 */
export function parseEvent(text: string, line: number): TraceEvent {
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(text);
  } catch {
    throw traceError(line, 'trace.not-json', { shown: shown(text) });
  }
  if (typeof event !== 'object' || event === null) throw traceError(line, 'trace.not-object');
  if (event.v !== 1) throw traceError(line, 'trace.version', { shown: shown(event.v) });
  const { step } = event;
  if (typeof step !== 'string' || step === 'unknown') {
    throw traceError(line, 'trace.unknown-step', { shown: shown(step) });
  }
  const common = { seq: 'number', turn: 'number', t: 'number' } as const;
  if (!isStepName(step)) return keepUnknown(event, step, common, line);
  const keys = step === 'handshake' && 'refused' in event ? REFUSED_KEYS : KEYS[step];
  for (const [key, kind] of Object.entries({ ...common, ...keys })) {
    event[key] = readValue(event[key], kind, `${step}.${key}`, line);
  }
  for (const [key, kind] of Object.entries({ ...FURTHER_KEYS, ...OPTIONAL_KEYS[step] })) {
    if (key in event) event[key] = readValue(event[key], kind, `${step}.${key}`, line);
  }
  return event as unknown as TraceEvent;
}

/** A step of a later version: its stamp is read, the rest kept as it is. */
function keepUnknown(
  { v: _, step: __, ...rest }: Record<string, unknown>,
  name: string,
  common: Record<string, Kind>,
  line: number,
): TraceEvent {
  for (const [key, kind] of Object.entries(common)) {
    readValue(rest[key], kind, `${name.slice(0, 40)}.${key}`, line);
  }
  const { seq, turn, t, ...keys } = rest as { seq: number; turn: number; t: number };
  return { v: 1, seq, turn, t, step: 'unknown', name, keys };
}

/** A trace, as far as it could be read. */
export interface ReadTrace {
  /** What made it, where its first line says so. */
  maker: TraceMaker | null;
  /** The events before the first line that is none. */
  events: TraceEvent[];
  /** What is wrong with that line; null when all was read. */
  error: TraceError | null;
}

/**
 * Reads a whole trace, as far as it can be read.
 *
 * An empty text is a trace without events; CRLF, a byte order mark and a last line without a newline do
 * no harm; blank lines are skipped, as a reader of NDJSON may.
 *
 * @returns the events, and where it could be read no further
 */
export function readTrace(text: string): ReadTrace {
  let maker: TraceMaker | null = null;
  const events: TraceEvent[] = [];
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (maker === null && events.length === 0) {
      maker = parseMaker(line);
      if (maker !== null) continue;
    }
    // a writer ends each line with a newline: an object that lacks it and its end was cut off
    const isCut = i === lines.length - 1 && line.startsWith('{') && !isJson(line);
    try {
      if (isCut) throw traceError(i + 1, 'trace.cut-off', { shown: shown(line) });
      events.push(parseEvent(line, i + 1));
    } catch (error) {
      if (error instanceof TraceError) return { maker, events, error };
      if (!(error instanceof RangeError)) throw error;
      return { maker, events, error: traceError(i + 1, 'trace.too-deep') };
    }
  }
  return { maker, events, error: null };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isStepName(step: unknown): step is KnownStepName {
  return typeof step === 'string' && Object.hasOwn(KEYS, step);
}

function readValue(value: unknown, kind: Kind, where: string, line: number): unknown {
  const bytes = kind === 'hex' && typeof value === 'string' ? fromHex(value) : null;
  if (bytes !== null) return bytes;
  if (!fits(value, kind)) {
    throw traceError(line, `trace.${kind}`, { where, shown: shown(value) });
  }
  return value;
}

/** What was seen, in a few characters of JSON: a trace may come from anyone. */
function shown(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 40);
}

function fits(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'number':
      return Number.isFinite(value); // JSON can write 1e999, which no line that we write could hold
    case 'optional':
      return value === null || fits(value, 'number');
    case 'string':
    case 'boolean':
      return typeof value === kind;
    case 'hex':
      return false; // what is hex was read before
    case 'fds':
      return Array.isArray(value) && value.every((fd) => Number.isInteger(fd));
    case 'texts':
      return Array.isArray(value) && value.every((text) => typeof text === 'string');
    case 'samples':
      return Array.isArray(value) && value.every((pair) => fits(pair, 'fds') && pair.length === 2);
    case 'place': {
      const place = value as { file?: unknown; line?: unknown } | null;
      return typeof place?.file === 'string' && Number.isInteger(place.line);
    }
    case 'refused': {
      const refused = value as { status?: unknown; reason?: unknown } | null;
      return typeof refused?.status === 'number' && typeof refused.reason === 'string';
    }
  }
}
