/**
 * The WebSocket streams of a capture file: which connections are of WebSocket, who is the client, and
 * what each direction's handshake says of the other.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Language } from '../texts/language.js';
import { parseExtensions } from '../websocket/extensions.js';
import { readCapture } from './capture.js';
import type { FormName } from './forms.js';
import { handshakeAt, readAnswer, readRequest } from './handshake.js';
import { type InspectOptions, inspect } from './inspect.js';
import { type NoSegment, type Segment, segmentIn } from './packet.js';
import { joinStreams, type TcpConnection, type TcpDirection } from './tcp-streams.js';
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
/** Connections that are named in a note. */
const MOST_NAMED = 3;

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
  const left = new Map<NoSegment, number>();
  const segments: Segment[] = [];
  for (const packet of capture.packets) {
    const segment = segmentIn(packet);
    if (typeof segment !== 'string') segments.push(segment);
    else left.set(segment, (left.get(segment) ?? 0) + 1);
  }
  const streams: NamedStream[] = [];
  const others: string[] = [];
  let number = 0;
  for (const connection of joinStreams(segments, say)) {
    const both = asConversation(connection);
    if (both.client.bytes.length + both.server.bytes.length === 0) continue;
    const ends = say('stream.ends', { from: both.client.from, to: both.server.from });
    if (isWebSocket(both)) {
      streams.push(...streamsOf(both, say('stream.captured', { n: number++, ends }), say));
    } else others.push(ends);
  }
  const notes = [...capture.notes, ...leftNotes(left, say), ...othersNote(others, say)];
  return { streams, notes: notes.map((note) => sentence(note, say)) };
}

function leftNotes(left: ReadonlyMap<NoSegment, number>, say: InspectionSay): string[] {
  const whys = (['link', 'cut', 'fragment'] as const).filter((why) => left.has(why));
  return whys.map((why) => say(`capture.${why}`, { n: left.get(why) ?? 0 }));
}

function othersNote(others: readonly string[], say: InspectionSay): string[] {
  if (others.length === 0) return [];
  const more = others.length > MOST_NAMED ? ', …' : '';
  const named = `${others.slice(0, MOST_NAMED).join(', ')}${more}`;
  return [say('capture.others', { n: others.length, named })];
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

/** Who opened it is the client; without an opening who asked, who masks, or whose port is the higher. */
function asConversation({ opener, directions }: TcpConnection): Conversation {
  const [one, other] = directions.map((side) => ({ ...side, bytes: joinBytes(side.pieces) })) as [
    Side,
    Side,
  ];
  if (opener !== null || seemsClient(one, other)) return { client: one, server: other };
  return { client: other, server: one };
}

function seemsClient(one: Side, other: Side): boolean {
  const heads = [handshakeAt(one.bytes, 0), handshakeAt(other.bytes, 0)];
  if (heads.some((head) => head !== null)) return heads[0] === 'request' || heads[1] === 'answer';
  const masks = ({ bytes }: Side) => ((bytes[1] ?? 0) & 0b1000_0000) !== 0;
  if (masks(one) !== masks(other)) return masks(one);
  const port = ({ from }: Side) => Number(from.slice(from.lastIndexOf(':') + 1));
  return port(one) >= port(other);
}

function isWebSocket({ client, server }: Conversation): boolean {
  const request = handshakeAt(client.bytes, 0) === 'request';
  if (request) return asksForUpgrade(client.bytes);
  if (handshakeAt(server.bytes, 0) === 'answer') return isSwitch(server.bytes);
  const seen = [
    inspect(client.bytes.subarray(0, LOOKED_AT), { role: 'client' }),
    inspect(server.bytes.subarray(0, LOOKED_AT), { role: 'server' }),
  ];
  const isFramed = seen.some(({ frames, rest }) => {
    return frames.length > 0 || (rest?.length ?? 0) >= LONGEST_HEADER;
  });
  return isFramed && seen.every(({ frames: [first] }) => (first?.problems.length ?? 0) === 0);
}

/** A request that is not whole may still come to it. */
function asksForUpgrade(bytes: Uint8Array): boolean {
  const head = readRequest(bytes, 0);
  if ('rest' in head) return true;
  return (
    head.fields.has('sec-websocket-key') || /websocket/i.test(head.fields.get('upgrade') ?? '')
  );
}

function isSwitch(answer: Uint8Array): boolean {
  return /^HTTP\/1\.1 101\b/.test(String.fromCharCode(...answer.subarray(0, 13)));
}

function streamsOf(
  { client, server }: Conversation,
  name: string,
  say: InspectionSay,
): NamedStream[] {
  const request = handshakeAt(client.bytes, 0) === 'request' ? readRequest(client.bytes, 0) : null;
  const asked = request !== null && 'handshake' in request ? request : null;
  const key = asked?.handshake.key ?? null;
  const reply =
    handshakeAt(server.bytes, 0) === 'answer' ? readAnswer(server.bytes, 0, null, key) : null;
  const answer = reply !== null && 'handshake' in reply ? reply : null;
  const isRefused = answer !== null && !isSwitch(server.bytes);
  const stream = (who: 'client' | 'server', side: Side, head: number, options: InspectOptions) => {
    const end = isRefused ? head : side.bytes.length;
    const cut = side.bytes.length - end;
    const notes = [...side.notes];
    if (cut > 0) notes.push(say('capture.http', { n: cut }));
    if (!side.isFromStart && handshakeAt(side.bytes, 0) === null) {
      notes.unshift(say('capture.middle'));
    }
    const note = notes.map((one) => sentence(one, say)).join(' ');
    return {
      name: say(`stream.${who}`, { name }),
      ...(note === '' ? {} : { note }),
      bytes: side.bytes.subarray(0, end),
      options: { role: who, arrivals: arrivals(side, end), ...options },
    };
  };
  const agreed = answer === null ? {} : { deflate: agreesOnDeflate(answer.fields) };
  return [
    stream('client', client, asked?.handshake.length ?? client.bytes.length, agreed),
    stream('server', server, answer?.handshake.length ?? 0, key === null ? {} : { key }),
  ].filter(({ bytes }) => bytes.length > 0);
}

function agreesOnDeflate(fields: ReadonlyMap<string, string>): boolean {
  const extensions = parseExtensions(fields.get('sec-websocket-extensions') ?? '') ?? [];
  return extensions.some(({ name }) => name === 'permessage-deflate');
}

/** The lengths of the pieces, up to where the stream is taken. */
function arrivals({ pieces }: Side, end: number): number[] {
  const lengths: number[] = [];
  let at = 0;
  for (const { length } of pieces) {
    if (at < end) lengths.push(Math.min(length, end - at));
    at += length;
  }
  return lengths;
}
