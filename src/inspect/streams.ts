/**
 * The streams of a file, whatever it is: bytes as they are or as text, a trace, or a capture.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { readTrace } from '../trace/ndjson.js';
import type { Role } from '../websocket/frame.js';
import { isCapture } from './capture.js';
import { captureStreams, type NamedStream, type NamedStreams } from './capture-streams.js';
import { readBase64, readHex } from './input.js';
import { type InspectionSay, wordsIn } from './words.js';

/**
 * Finds the streams of a file: those of a capture or a trace, or else the one that its bytes are,
 * read as hex or base64 where they are that.
 *
 * @param role who sent them, where the file does not say
 * @param language of names and notes; default English
 * @throws CaptureError when nothing of a capture can be read
 * @throws TraceError for a line of a trace that is no event
 */
export function streamsInFile(
  file: Uint8Array,
  role: Role | 'auto' = 'auto',
  language?: Language,
): NamedStreams {
  if (isCapture(file)) return captureStreams(file, language);
  if (isTrace(file)) return traceStreams(file, wordsIn(language));
  const isText = file.every((byte) => byte <= 0x7e);
  const text = isText ? new TextDecoder().decode(file) : '';
  const isHead = text === '' || /^(HTTP\/|[A-Z]+ \S)/.test(text);
  const bytes = isHead ? file : (readHex(text) ?? readBase64(text) ?? file);
  return { streams: [{ name: '', bytes, options: { role } }], notes: [] };
}

/** Whether the first line is an object with `v`: bytes of a WebSocket are not. */
function isTrace(file: Uint8Array): boolean {
  const text = new TextDecoder().decode(file.subarray(0, 400));
  return /^(\ufeff)?\s*\{\s*"v":\s*1\b/.test(text);
}

function traceStreams(file: Uint8Array, say: InspectionSay): NamedStreams {
  const { events, error } = readTrace(new TextDecoder().decode(file));
  if (error !== null) throw error;
  return { streams: connectionsIn(events, say), notes: [] };
}

/** The pieces of both directions of a connection. */
interface Pieces {
  readonly received: Uint8Array[];
  readonly sent: Uint8Array[];
}

/** What each client sent, as the server received it, and what was broadcast to it. */
function connectionsIn(events: readonly TraceEvent[], say: InspectionSay): NamedStream[] {
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
    .flatMap(({ fd, pieces }, i) =>
      bothStreams(say('stream.connection', { n: i, fd }), pieces, say),
    )
    .filter(({ bytes }) => bytes.length > 0);
}

function bothStreams(name: string, { received, sent }: Pieces, say: InspectionSay): NamedStream[] {
  const stream = (who: 'client' | 'server', pieces: readonly Uint8Array[]): NamedStream => ({
    name: say(`stream.${who}`, { name }),
    bytes: joinBytes(pieces),
    options: { role: who, arrivals: pieces.map(({ length }) => length) },
  });
  return [stream('client', received), { ...stream('server', sent), note: say('stream.trace') }];
}
