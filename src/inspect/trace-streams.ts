/**
 * The streams of a trace: what each client sent, as the server received it, and what was broadcast to it.
 * The tap, which stands between, writes all that passed; a server of ours only what its room said.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { describeError } from '../texts/errors.js';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { readTrace } from '../trace/ndjson.js';
import type { Role } from '../websocket/frame.js';
import { sentence } from './directions.js';
import { findUpgrade, headAt, type Upgrade } from './exchanges.js';
import { type ReadHead, readAnswer, readRequest } from './handshake.js';
import type { NamedStream, NamedStreams } from './named-streams.js';
import { agreedIn } from './opening.js';
import { type InspectionSay, wordsIn } from './words.js';

/**
 * Finds the streams of a trace, as far as it is whole.
 *
 * @throws TraceError when the first line is no event
 */
export function traceStreams(file: Uint8Array, language?: Language): NamedStreams {
  const { events, error, maker } = readTrace(new TextDecoder().decode(file));
  if (error !== null && events.length === 0) throw error;
  const say = wordsIn(language);
  const reason = error === null ? '' : describeError(error, language);
  const notes = error === null ? [] : [say('trace.cut', { reason, n: events.length })];
  return { streams: connectionsIn(events, maker?.recorder === 'tap', say), notes };
}

/** The pieces of both directions of a connection. */
interface Pieces {
  readonly received: Uint8Array[];
  readonly sent: Uint8Array[];
}

function connectionsIn(
  events: readonly TraceEvent[],
  isWhole: boolean,
  say: InspectionSay,
): NamedStream[] {
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
    .flatMap(({ fd, pieces }, i) => {
      const name = say('stream.connection', { n: i, fd });
      return isWhole ? whole(name, pieces, say) : ours(name, pieces, say);
    })
    .filter(({ bytes }) => bytes.length > 0);
}

/** What a server of ours wrote down. */
function ours(name: string, { received, sent }: Pieces, say: InspectionSay): NamedStream[] {
  return [
    part('client', name, received, null, say),
    { ...part('server', name, sent, null, say), note: say('stream.trace') },
  ];
}

/** All that passed between two: plain HTTP in front of the upgrade, and behind one that was refused, is left out. */
function whole(name: string, { received, sent }: Pieces, say: InspectionSay): NamedStream[] {
  const [client, server] = [readable(received), readable(sent)];
  const upgrade = findUpgrade(client, server);
  if (upgrade === null) {
    return [part('client', name, received, null, say), part('server', name, sent, null, say)];
  }
  const asked = headAt(client, upgrade.client, (head) => readRequest(head, 0));
  const key = 'handshake' in asked ? asked.handshake.key : null;
  const answered = headAt(server, upgrade.server, (head) => readAnswer(head, 0, null, key));
  const cut = (start: number, head: ReadHead): Cut => {
    const end = upgrade.isRefused && 'handshake' in head ? start + head.handshake.length : null;
    return { start, end, upgrade };
  };
  const there = part('client', name, received, cut(upgrade.client, asked), say);
  const back = part('server', name, sent, cut(upgrade.server, answered), say);
  const known =
    'handshake' in answered && !answered.isInterim ? { deflate: agreedIn(answered.fields) } : {};
  return [
    { ...there, options: { ...there.options, ...known } },
    { ...back, options: { ...back.options, ...(key === null ? {} : { key }) } },
  ];
}

/** What is left of a direction. */
interface Cut {
  readonly start: number;
  /** Null for all that is behind it. */
  readonly end: number | null;
  readonly upgrade: Upgrade;
}

function part(
  who: Role,
  name: string,
  pieces: readonly Uint8Array[],
  cut: Cut | null,
  say: InspectionSay,
): NamedStream {
  const all = joinBytes(pieces);
  const { start, end } = { start: cut?.start ?? 0, end: cut?.end ?? all.length };
  const notes: string[] = [];
  if (start > 0) {
    const values = { n: cut?.upgrade.exchanges ?? 0, bytes: start };
    notes.push(say('capture.exchanges', values));
  }
  if (end < all.length) notes.push(say('capture.http', { n: all.length - end }));
  const note = notes.map((one) => sentence(one, say)).join(say('sentences.and'));
  return {
    name: say(`stream.${who}`, { name }),
    ...(note === '' ? {} : { note }),
    bytes: all.subarray(start, end),
    options: { role: who, arrivals: lengthsWithin(pieces, start, end) },
  };
}

/** The lengths of pieces, as far as they lie between two offsets. */
function lengthsWithin(pieces: readonly Uint8Array[], start: number, end: number): number[] {
  let at = 0;
  return pieces.flatMap(({ length }) => {
    const own = Math.min(at + length, end) - Math.max(at, start);
    at += length;
    return own > 0 ? [own] : [];
  });
}

/** Pieces as what looks for the upgrade takes them. */
function readable(pieces: readonly Uint8Array[]) {
  const all = joinBytes(pieces);
  return {
    length: all.length,
    read: (at: number, length: number) => all.subarray(at, at + length),
  };
}
