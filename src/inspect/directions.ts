/**
 * The streams of one captured WebSocket: each direction up to its first gap, and what comes behind gaps,
 * from where a frame seems to begin. What each handshake says of the other direction is handed on.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { type Border, type BorderOptions, findBorder } from './border.js';
import type { CaptureTime } from './capture-time.js';
import type { Upgrade } from './exchanges.js';
import { handshakeAt, readAnswer, readRequest } from './handshake.js';
import type { InspectOptions } from './inspect.js';
import type { NamedStream } from './named-streams.js';
import { agreedIn } from './opening.js';
import type { Run, TcpDirection } from './tcp-streams.js';
import type { InspectionSay } from './words.js';

/** One direction, joined. */
export interface Side extends TcpDirection {
  readonly bytes: Uint8Array;
}

/** Both of a connection. */
export interface Conversation {
  readonly client: Side;
  readonly server: Side;
}

type Who = keyof Conversation;

const FROM_THE_START: Upgrade = { client: 0, server: 0, exchanges: 0, isRefused: false };

/** A note as a sentence. */
export function sentence(text: string, say: InspectionSay): string {
  return say('capture.note', { note: `${text.charAt(0).toUpperCase()}${text.slice(1)}` });
}

/**
 * Makes the streams of a conversation.
 *
 * @param upgrade null where none was captured
 * @param name of the connection
 */
export function streamsOf(
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
  const askedEnd = asked === null ? client.bytes.length : c + asked.handshake.length;
  const ends = isRefused
    ? { client: askedEnd, server: answer?.end ?? s }
    : { client: client.bytes.length, server: server.bytes.length };
  // without the answer nobody knows: what looks compressed may be
  const known: InspectOptions = { deflate: answer === null ? 'perhaps' : agreedIn(answer.fields) };
  const early = answer === null ? 0 : sentBefore(client, answer.end) - c;
  const maker = new StreamMaker(name, say, exchanges);
  const options = {
    client: { ...known, ...(early > askedEnd - c ? { early } : {}) },
    server: { ...(answer === null ? known : {}), ...(key === null ? {} : { key }) },
  };
  return [
    maker.first('client', client, { start: c, end: ends.client }, options.client),
    ...(isRefused ? [] : maker.behindGaps('client', client, known)),
    maker.first('server', server, { start: s, end: ends.server }, options.server),
    ...(isRefused ? [] : maker.behindGaps('server', server, known)),
  ].filter(({ bytes }) => bytes.length > 0);
}

/** Where a direction's bytes begin when its beginning was not captured; null where no frame seems to. */
export function borderOf(
  bytes: Uint8Array,
  pieces: readonly Uint8Array[],
  from: Who,
): Border | null {
  const starts = new Set<number>();
  let at = 0;
  for (const { length } of pieces) {
    starts.add(at);
    at += length;
  }
  const options: BorderOptions = { from, rsv1: true, starts };
  return findBorder(bytes, options);
}

/** What is to be said of runs behind gaps that no border is found in. */
export function runsWithout(who: Who, { runs }: Side, say: InspectionSay): string[] {
  return runs.flatMap(({ missing, pieces }: Run) => {
    const bytes = joinBytes(pieces);
    if (borderOf(bytes, pieces, who) !== null) return [];
    return [say('capture.border.none', { missing, bytes: bytes.length })];
  });
}

/** A part of a direction. */
interface Range {
  readonly start: number;
  readonly end: number;
}

class StreamMaker {
  readonly #name: string;
  readonly #say: InspectionSay;
  readonly #exchanges: number;

  constructor(name: string, say: InspectionSay, exchanges: number) {
    this.#name = name;
    this.#say = say;
    this.#exchanges = exchanges;
  }

  /** What is in front of the first gap. */
  first(who: Who, side: Side, { start, end }: Range, options: InspectOptions): NamedStream {
    const say = this.#say;
    const notes = [...side.notes];
    const cut = side.bytes.length - end;
    if (cut > 0) notes.push(say('capture.http', { n: cut }));
    if (start > 0) {
      notes.unshift(say('capture.exchanges', { n: this.#exchanges, bytes: start }));
    }
    notes.push(...runsWithout(who, side, say));
    const isBegun = !side.isFromStart && handshakeAt(side.bytes, 0) === null;
    if (!isBegun) return this.#stream(who, side, side.pieces, { start, end }, notes, options);
    const border = borderOf(side.bytes, side.pieces, who);
    const at = border?.at ?? 0;
    if (border !== null && at > 0) notes.unshift(this.#border(border));
    else notes.unshift(say('capture.middle'));
    const middle = { ...options, isMiddle: true };
    return this.#stream(who, side, side.pieces, { start: at, end }, notes, middle);
  }

  /** What is behind gaps, where a border is found there. */
  behindGaps(who: Who, side: Side, options: InspectOptions): NamedStream[] {
    return side.runs.flatMap((run, i) => {
      const bytes = joinBytes(run.pieces);
      const border = borderOf(bytes, run.pieces, who);
      if (border === null) return [];
      const notes = [this.#say('capture.gap', { missing: run.missing }), this.#border(border)];
      const range = { start: border.at, end: bytes.length };
      const more = { ...options, isMiddle: true };
      return [this.#stream(who, side, run.pieces, range, notes, more, i + 1)];
    });
  }

  #border({ at, frames, sure }: Border): string {
    return this.#say(`capture.border.${sure}`, { bytes: at, frames });
  }

  #stream(
    who: Who,
    side: Side,
    pieces: readonly Uint8Array[],
    { start, end }: Range,
    notes: readonly string[],
    options: InspectOptions,
    gap = 0,
  ): NamedStream {
    const say = this.#say;
    const whole = say(`stream.${who}`, { name: this.#name });
    const note = notes.map((one) => sentence(one, say)).join(say('sentences.and'));
    return {
      name: gap === 0 ? whole : say('stream.gap', { name: whole, n: gap }),
      ...(note === '' ? {} : { note }),
      bytes: (pieces === side.pieces ? side.bytes : joinBytes(pieces)).subarray(start, end),
      options: { role: who, ...arrivals(pieces, side.times, start, end), ...options },
    };
  }
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

/** Where the bytes end that the client sent before all of the answer had come to it. */
function sentBefore({ pieces, heard }: Side, answerEnd: number): number {
  let [at, end] = [0, 0];
  for (const [i, { length }] of pieces.entries()) {
    at += length;
    const had = heard[i] ?? null;
    if (had !== null && had < answerEnd) end = at;
  }
  return end;
}

/** The lengths of the pieces, as far as they are of the stream, and when they came. */
function arrivals(
  pieces: readonly Uint8Array[],
  known: Side['times'],
  start: number,
  end: number,
): Pick<InspectOptions, 'arrivals' | 'times'> {
  const lengths: number[] = [];
  const times: (CaptureTime | undefined)[] = [];
  let at = 0;
  for (const piece of pieces) {
    const own = Math.min(at + piece.length, end) - Math.max(at, start);
    at += piece.length;
    if (own <= 0) continue;
    lengths.push(own);
    times.push(known?.get(piece));
  }
  return { arrivals: lengths, ...(known === undefined ? {} : { times }) };
}
