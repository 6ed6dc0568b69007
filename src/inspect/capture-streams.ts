/**
 * The WebSocket streams of a capture file: which connections are of WebSocket, who is the client, and
 * what each direction's handshake says of the other.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Language } from '../texts/language.js';
import { parseExtensions } from '../websocket/extensions.js';
import { readCapture } from './capture.js';
import { findUpgrade, type Upgrade } from './exchanges.js';
import type { FormName } from './forms.js';
import { handshakeAt, readAnswer, readRequest } from './handshake.js';
import { type InspectOptions, inspect } from './inspect.js';
import { Leftovers } from './leftovers.js';
import { PacketReader, type Segment } from './packet.js';
import { joinStreams, type TcpConnection, type TcpDirection } from './tcp-streams.js';
import { whatElse } from './what-else.js';
import { type InspectionSay, wordsIn } from './words.js';

/** The bytes of one direction of one connection, ready to be inspected. */
export interface NamedStream {
  /** Which connection and who sent; '' where there is only one stream. */
  readonly name: string;
  /** What is to be known of the bytes before they are read: what is missing of them. */
  readonly note?: string;
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** What is known beside them. */
  readonly options: InspectOptions;
}

/** What was found in an input that holds several streams. */
export interface NamedStreams {
  /** The streams. */
  readonly streams: readonly NamedStream[];
  /** What of the input could not be read or is not explained, a sentence each. */
  readonly notes: readonly string[];
  /** The form in which the bytes stood as text, where they did. */
  readonly form?: FormName;
}

/** Bytes of a direction that say whether it begins with a frame. */
const LOOKED_AT = 4_096;
/** Bytes of a frame without its payload, at the most. */
const LONGEST_HEADER = 14;

/**
 * Finds the WebSocket streams of a capture: of connections with an upgrade, and of those without
 * any HTTP that begin with valid frames.
 *
 * @param file a pcap or pcapng file
 * @param language of names and notes; default English
 * @throws CaptureError when nothing of it can be read
 */
export function captureStreams(file: Uint8Array, language?: Language): NamedStreams {
  const say = wordsIn(language);
  const capture = readCapture(file, say);
  const left = new Leftovers(say);
  const reader = new PacketReader();
  const segments: Segment[] = [];
  for (const packet of capture.packets) {
    const segment = reader.segmentIn(packet);
    if ('why' in segment) left.packet(segment);
    else segments.push(segment);
  }
  const streams: NamedStream[] = [];
  const lost: string[] = [];
  let number = 0;
  for (const connection of joinStreams(segments, say)) {
    const both = asConversation(connection);
    if (both.client.bytes.length + both.server.bytes.length === 0) {
      left.empty();
      continue;
    }
    const { client, server } = both;
    const ends = say('stream.ends', { from: client.from, to: server.from });
    const upgrade = findUpgrade(client.bytes, server.bytes);
    if (isWebSocket(both, upgrade)) {
      const name = say('stream.captured', { n: number++, ends });
      streams.push(...streamsOf(both, upgrade, name, say));
      lost.push(...lostNotes(both, name, say));
    } else left.connection(whatElse(client, server), ends);
  }
  const notes = [...capture.notes, ...left.packetNotes(reader), ...lost, ...left.connectionNotes()];
  return { streams, notes: notes.map((note) => sentence(note, say)) };
}

function sentence(text: string, say: InspectionSay): string {
  return say('capture.note', { note: `${text.charAt(0).toUpperCase()}${text.slice(1)}` });
}

/** One direction, joined. */
interface Side extends TcpDirection {
  readonly bytes: Uint8Array;
}

interface Conversation {
  readonly client: Side;
  readonly server: Side;
}

/** Who asked is the client; where nobody did, who opened it, who masks, or whose port is the higher. */
function asConversation({ opener, directions }: TcpConnection): Conversation {
  const [one, other] = directions.map((side) => ({ ...side, bytes: joinBytes(side.pieces) })) as [
    Side,
    Side,
  ];
  if (seemsClient(one, other, opener !== null)) return { client: one, server: other };
  return { client: other, server: one };
}

function seemsClient(one: Side, other: Side, isOpener: boolean): boolean {
  const heads = [handshakeAt(one.bytes, 0), handshakeAt(other.bytes, 0)];
  if (heads.some((head) => head !== null)) return heads[0] === 'request' || heads[1] === 'answer';
  if (isOpener) return true;
  const masks = ({ bytes }: Side) => ((bytes[1] ?? 0) & 0b1000_0000) !== 0;
  if (masks(one) !== masks(other)) return masks(one);
  const port = ({ from }: Side) => Number(from.slice(from.lastIndexOf(':') + 1));
  return port(one) >= port(other);
}

/** What is to be said of a direction that no byte of is here: it has no stream. */
function lostNotes({ client, server }: Conversation, name: string, say: InspectionSay): string[] {
  const of = (who: 'client' | 'server', { bytes, notes }: Side): string[] => {
    if (bytes.length > 0) return [];
    const stream = say(`stream.${who}`, { name });
    if (notes.length === 0) return [say('capture.lost', { stream })];
    return notes.map((why) => say('capture.lost.why', { stream, why }));
  };
  return [...of('client', client), ...of('server', server)];
}

function isWebSocket({ client, server }: Conversation, upgrade: Upgrade | null): boolean {
  if (upgrade !== null) return true;
  if (handshakeAt(client.bytes, 0) === 'request') return false;
  if (handshakeAt(server.bytes, 0) === 'answer') return false;
  const seen = [
    inspect(client.bytes.subarray(0, LOOKED_AT), { role: 'client' }),
    inspect(server.bytes.subarray(0, LOOKED_AT), { role: 'server' }),
  ];
  const isFramed = seen.some(({ frames, rest }) => {
    return frames.length > 0 || (rest?.length ?? 0) >= LONGEST_HEADER;
  });
  return isFramed && seen.every(({ frames: [first] }) => (first?.problems.length ?? 0) === 0);
}

function streamsOf(
  { client, server }: Conversation,
  upgrade: Upgrade | null,
  name: string,
  say: InspectionSay,
): NamedStream[] {
  const { client: c, server: s, exchanges, isRefused } = upgrade ?? FROM_THE_START;
  const request = handshakeAt(client.bytes, c) === 'request' ? readRequest(client.bytes, c) : null;
  const asked = request !== null && 'handshake' in request ? request : null;
  const key = asked?.handshake.key ?? null;
  const answer = answerBehind(server.bytes, s, key);
  const stream = (who: 'client' | 'server', side: Side, range: Range, options: InspectOptions) => {
    const { start, end } = range;
    const cut = side.bytes.length - end;
    const notes = [...side.notes];
    if (cut > 0) notes.push(say('capture.http', { n: cut }));
    if (start > 0) notes.unshift(say('capture.exchanges', { n: exchanges, bytes: start }));
    if (!side.isFromStart && handshakeAt(side.bytes, 0) === null) {
      notes.unshift(say('capture.middle'));
    }
    const note = notes.map((one) => sentence(one, say)).join(say('sentences.and'));
    return {
      name: say(`stream.${who}`, { name }),
      ...(note === '' ? {} : { note }),
      bytes: side.bytes.subarray(start, end),
      options: { role: who, arrivals: arrivals(side, start, end), ...options },
    };
  };
  const head = (side: Side, start: number, read: { end: number } | null, none: number): Range => ({
    start,
    end: isRefused ? (read?.end ?? none) : side.bytes.length,
  });
  const askedEnd = asked === null ? null : { end: c + asked.handshake.length };
  const agreed = answer === null ? {} : { deflate: agreesOnDeflate(answer.fields) };
  return [
    stream('client', client, head(client, c, askedEnd, client.bytes.length), agreed),
    stream('server', server, head(server, s, answer, s), key === null ? {} : { key }),
  ].filter(({ bytes }) => bytes.length > 0);
}

const FROM_THE_START: Upgrade = { client: 0, server: 0, exchanges: 0, isRefused: false };

/** A part of a direction. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/** The answer that counts, behind interim ones. */
function answerBehind(bytes: Uint8Array, start: number, key: string | null) {
  for (let at = start; handshakeAt(bytes, at) === 'answer'; ) {
    const read = readAnswer(bytes, at, null, key);
    if ('rest' in read) return null;
    at += read.handshake.length;
    if (!read.isInterim) return { end: at, fields: read.fields };
  }
  return null;
}

function agreesOnDeflate(fields: ReadonlyMap<string, string>): boolean {
  const extensions = parseExtensions(fields.get('sec-websocket-extensions') ?? '') ?? [];
  return extensions.some(({ name }) => name === 'permessage-deflate');
}

/** The lengths of the pieces, as far as they are of the stream. */
function arrivals({ pieces }: Side, start: number, end: number): number[] {
  const lengths: number[] = [];
  let at = 0;
  for (const { length } of pieces) {
    const own = Math.min(at + length, end) - Math.max(at, start);
    if (own > 0) lengths.push(own);
    at += length;
  }
  return lengths;
}
