/**
 * What `loopscope inspect` is given, as streams: bytes as they are or as text, a trace, or a capture.
 * @module
 */

import { readFileSync } from 'node:fs';
import { joinBytes } from '../bytes.js';
import { CaptureError, isCapture } from '../inspect/capture.js';
import { captureStreams, type NamedStream, type NamedStreams } from '../inspect/capture-streams.js';
import { readBase64, readHex } from '../inspect/input.js';
import type { TraceEvent } from '../trace/event.js';
import { readTrace } from '../trace/ndjson.js';
import { printable } from '../trace/text.js';
import { Failure } from './failure.js';
import type { InspectCommandOptions } from './inspect.js';

/** What a trace's streams from the server lack. */
const TRACE_NOTE =
  'A trace holds only what the server broadcast, and no other bytes that it sent: its handshake, Pongs and Closes are not here.';

/** The options that say what the input is. */
export type InputOptions = Pick<InspectCommandOptions, 'hex' | 'base64' | 'raw' | 'role'>;

/**
 * Reads the one input that was given.
 *
 * @param file a file, or `-` for the standard input
 * @throws Failure 2 for none, several, and one that cannot be read
 */
export function readInput(file: string | undefined, options: InputOptions): NamedStreams {
  const { hex, base64, raw = false, role } = options;
  const given = [file, hex, base64].filter((input) => input !== undefined).length;
  if (given !== 1) {
    throw new Failure('give one of FILE, - (the standard input), --hex and --base64', 2);
  }
  if (file !== undefined) {
    const bytes = readBytes(file);
    return raw ? single(bytes, role) : streamsIn(bytes, role, file);
  }
  if (raw) throw new Failure('--raw is for FILE or -; --hex and --base64 are text', 2);
  const bytes = hex !== undefined ? readHex(hex) : readBase64(base64 ?? '');
  if (bytes === null) {
    const [option, form] =
      hex !== undefined ? ['--hex', 'two hex digits for each byte'] : ['--base64', 'base64'];
    throw new Failure(
      `${option} ${printable(hex ?? base64 ?? '').slice(0, 40)}: expected ${form}`,
      2,
    );
  }
  return single(bytes, role);
}

function readBytes(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    throw new Failure(`cannot read ${file}: ${(error as Error).message}`, 2);
  }
}

function single(bytes: Uint8Array, role: InputOptions['role']): NamedStreams {
  return { streams: [{ name: '', bytes, options: { role } }], notes: [] };
}

/** Bytes as they are, unless they are of one of the forms that are known. */
function streamsIn(raw: Uint8Array, role: InputOptions['role'], file: string): NamedStreams {
  if (isCapture(raw)) return streamsOfCapture(raw, file);
  if (isTrace(raw)) return streamsOfTrace(raw);
  const isText = raw.every((byte) => byte <= 0x7e);
  const text = isText ? new TextDecoder().decode(raw) : '';
  if (text === '' || /^(HTTP\/|[A-Z]+ \S)/.test(text)) return single(raw, role);
  return single(readHex(text) ?? readBase64(text) ?? raw, role);
}

function streamsOfCapture(raw: Uint8Array, file: string): NamedStreams {
  const named = file === '-' ? 'the standard input' : file;
  let found: NamedStreams;
  try {
    found = captureStreams(raw);
  } catch (error) {
    throw error instanceof CaptureError ? new Failure(`${named}: ${error.message}`, 2) : error;
  }
  if (found.streams.length > 0) return found;
  const notes = found.notes.map((note) => ` ${note}`).join('');
  throw new Failure(`${named}: no WebSocket stream in this capture.${notes}`, 2);
}

/** Whether the first line is an object with `v`: bytes of a WebSocket are not. */
function isTrace(raw: Uint8Array): boolean {
  const text = new TextDecoder().decode(raw.subarray(0, 400));
  return /^(\ufeff)?\s*\{\s*"v":\s*1\b/.test(text);
}

function streamsOfTrace(raw: Uint8Array): NamedStreams {
  const { events, error } = readTrace(new TextDecoder().decode(raw));
  if (error !== null) throw new Failure(error.message, 2);
  return { streams: connectionsIn(events), notes: [] };
}

/** The pieces of both directions of a connection. */
interface Pieces {
  readonly received: Uint8Array[];
  readonly sent: Uint8Array[];
}

/** What each client sent, as the server received it, and what was broadcast to it. */
function connectionsIn(events: readonly TraceEvent[]): NamedStream[] {
  const open = new Map<number, Pieces>();
  const connections: { readonly fd: number; readonly pieces: Pieces }[] = [];
  for (const event of events) {
    if (event.step === 'accept') {
      const pieces = { received: [], sent: [] };
      open.set(event.fd, pieces);
      connections.push({ fd: event.fd, pieces });
    } else if (event.step === 'recv') {
      open.get(event.fd)?.received.push(event.bytes);
    } else if (event.step === 'broadcast') {
      for (const fd of event.to) open.get(fd)?.sent.push(event.bytes);
    }
  }
  return connections
    .flatMap(({ fd, pieces }, i) => bothStreams(`connection ${i}, fd ${fd}`, pieces))
    .filter(({ bytes }) => bytes.length > 0);
}

function bothStreams(name: string, { received, sent }: Pieces): NamedStream[] {
  const stream = (who: 'client' | 'server', pieces: readonly Uint8Array[]): NamedStream => ({
    name: `${name}, from the ${who}`,
    bytes: joinBytes(pieces),
    options: { role: who, arrivals: pieces.map(({ length }) => length) },
  });
  return [stream('client', received), { ...stream('server', sent), note: TRACE_NOTE }];
}
