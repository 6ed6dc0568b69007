/**
 * `loopscope inspect`: explains WebSocket bytes from a file, the standard input or the command line.
 * @module
 */

import { readFileSync } from 'node:fs';
import pc from 'picocolors';
import { joinBytes } from '../bytes.js';
import { readBase64, readHex } from '../inspect/input.js';
import { hasProblems, type InspectOptions, inspect } from '../inspect/inspect.js';
import type { Inspection } from '../inspect/inspection.js';
import { inspectionJson } from '../inspect/json.js';
import { type InspectionLine, inspectionLines } from '../inspect/text.js';
import type { TraceEvent } from '../trace/event.js';
import { readTrace } from '../trace/ndjson.js';
import { printable } from '../trace/text.js';
import { Failure } from './failure.js';

/** What the command line gives. */
export interface InspectCommandOptions {
  /** Bytes in hex. */
  hex?: string;
  /** Bytes in base64. */
  base64?: string;
  /** Who sent them. */
  role: 'client' | 'server' | 'auto';
  format: 'text' | 'json';
}

/** The bytes of one direction of one connection. */
interface Stream {
  /** Which connection of a trace and who sent; '' where there is only one stream. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly options: InspectOptions;
}

interface Inspected extends Stream {
  readonly inspection: Inspection;
}

/**
 * Runs `loopscope inspect`. The exit code is 0 when there is no problem in the bytes, and 1 when
 * there is one.
 *
 * @param file a file, or `-` for the standard input
 * @throws Failure 2 for wrong usage
 */
export function inspectCommand(file: string | undefined, options: InspectCommandOptions): void {
  const streams = readInput(file, options);
  const inspected = streams.map((stream) => ({
    ...stream,
    inspection: inspect(stream.bytes, stream.options),
  }));
  if (options.format === 'json') {
    printJson(inspected);
  } else {
    for (const stream of inspected) printText(stream);
  }
  if (inspected.some(({ inspection }) => hasProblems(inspection))) process.exitCode = 1;
}

/** One inspection as it is; those of a trace as `{"streams": [{"name", "inspection"}]}`. */
function printJson(inspected: readonly Inspected[]): void {
  const single = inspected.length === 1 && inspected[0]?.name === '';
  if (!single) process.stdout.write('{"streams": [');
  for (const [i, { name, inspection }] of inspected.entries()) {
    const key = `${i === 0 ? '' : ','}\n{"name": ${JSON.stringify(name)}, "inspection": `;
    if (!single) process.stdout.write(key);
    for (const piece of inspectionJson(inspection)) process.stdout.write(piece);
    if (!single) process.stdout.write('}');
  }
  process.stdout.write(single ? '\n' : ']}\n');
}

function printText({ name, bytes, inspection }: Inspected): void {
  let text = name === '' ? '' : `${pc.bold(`== ${name} ==`)}\n`;
  if (bytes.length === 0) text += 'No bytes.\n';
  for (const line of inspectionLines(bytes, inspection)) {
    text += `${coloured(line)}\n`;
    if (text.length < 65_536) continue;
    process.stdout.write(text);
    text = '';
  }
  process.stdout.write(text);
}

function coloured({ kind, text }: InspectionLine): string {
  switch (kind) {
    case 'head':
      return pc.bold(text);
    case 'bytes':
      return pc.cyan(text);
    case 'bits':
      return pc.dim(text);
    case 'problem':
      return pc.red(text);
    case 'original':
      return pc.yellow(text);
    case 'meaning':
    case 'rest':
      return text;
  }
}

function readInput(file: string | undefined, options: InspectCommandOptions): Stream[] {
  const { hex, base64, role } = options;
  const given = [file, hex, base64].filter((input) => input !== undefined).length;
  if (given !== 1) {
    throw new Failure('give one of FILE, - (the standard input), --hex and --base64', 2);
  }
  if (file !== undefined) return streamsIn(readBytes(file), role);
  const bytes = hex !== undefined ? readHex(hex) : readBase64(base64 ?? '');
  if (bytes === null) {
    const [option, form] =
      hex !== undefined ? ['--hex', 'two hex digits for each byte'] : ['--base64', 'base64'];
    throw new Failure(
      `${option} ${printable(hex ?? base64 ?? '').slice(0, 40)}: expected ${form}`,
      2,
    );
  }
  return [{ name: '', bytes, options: { role } }];
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${(error as Error).message}`, 2);
  }
}

/** Bytes as they are, unless they are a text of one of the forms that are known. */
function streamsIn(raw: Uint8Array, role: InspectCommandOptions['role']): Stream[] {
  const plain = [{ name: '', bytes: new Uint8Array(raw), options: { role } }];
  if (raw.length === 0 || raw.some((byte) => byte > 0x7e)) {
    return traceIn(raw) ?? plain;
  }
  const trace = traceIn(raw);
  if (trace !== null) return trace;
  const text = new TextDecoder().decode(raw);
  if (/^(HTTP\/|[A-Z]+ \S)/.test(text)) return plain;
  const bytes = readHex(text) ?? readBase64(text);
  return bytes === null ? plain : [{ name: '', bytes, options: { role } }];
}

/** The connections of a trace; null for what is none. */
function traceIn(raw: Uint8Array): Stream[] | null {
  if (!isTrace(raw)) return null;
  const { events, error } = readTrace(new TextDecoder().decode(raw));
  if (error !== null) throw new Failure(error.message, 2);
  return connectionsIn(events);
}

/** Whether the first line is an object with `v`: bytes of a WebSocket are not. */
function isTrace(raw: Uint8Array): boolean {
  const text = new TextDecoder().decode(raw.subarray(0, 400));
  return /^(\ufeff)?\s*\{\s*"v":\s*1\b/.test(text);
}

/** What each client sent, as the server received it, and what was broadcast to it. A trace holds no other sent bytes. */
function connectionsIn(events: readonly TraceEvent[]): Stream[] {
  const open = new Map<number, { received: Uint8Array[]; sent: Uint8Array[] }>();
  const streams: Stream[] = [];
  let number = 0;
  for (const event of events) {
    if (event.step === 'accept') {
      const connection = { received: [], sent: [] };
      open.set(event.fd, connection);
      add(streams, `connection ${number++}, fd ${event.fd}`, connection);
    } else if (event.step === 'recv') {
      open.get(event.fd)?.received.push(event.bytes);
    } else if (event.step === 'broadcast') {
      for (const fd of event.to) open.get(fd)?.sent.push(event.bytes);
    }
  }
  return streams.filter(({ bytes }) => bytes.length > 0);
}

/** Adds the two streams of a connection, whose bytes are joined when all have come. */
function add(
  streams: Stream[],
  name: string,
  { received, sent }: { received: Uint8Array[]; sent: Uint8Array[] },
): void {
  const stream = (who: 'client' | 'server', pieces: Uint8Array[]): Stream => ({
    name: `${name}, from the ${who}`,
    get bytes() {
      return joinBytes(pieces);
    },
    get options() {
      return { role: who, arrivals: pieces.map(({ length }) => length) };
    },
  });
  streams.push(stream('client', received), stream('server', sent));
}
