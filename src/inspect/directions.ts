/**
 * The streams of one captured WebSocket: each direction up to its first gap, and what comes behind gaps,
 * from where a frame seems to begin. What each handshake says of the other direction is handed on.
 * @module
 */

import { type Border, type BorderOptions, findBorder } from './border.js';
import { CapturedStream } from './captured-stream.js';
import { halfAt, headAt, type Upgrade } from './exchanges.js';
import { readAnswer, readRequest } from './handshake.js';
import type { InspectOptions } from './inspect.js';
import { agreedIn } from './opening.js';
import type { StoredBytes } from './stored-bytes.js';
import { distance, type Run, type TcpDirection } from './tcp-direction.js';
import type { InspectionSay } from './words.js';

/** Both directions of a connection. */
export interface Conversation {
  readonly client: TcpDirection;
  readonly server: TcpDirection;
}

type Who = keyof Conversation;

/** Bytes in which a border is looked for. */
const MOST_SEARCHED = 1 << 24;

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
): CapturedStream[] {
  const { client: c, server: s, exchanges, isRefused } = upgrade ?? FROM_THE_START;
  const isAsked = halfAt(client.bytes, c) === 'request';
  const request = isAsked ? headAt(client.bytes, c, (head) => readRequest(head, 0)) : null;
  const asked = request !== null && 'handshake' in request ? request : null;
  const key = asked?.handshake.key ?? null;
  const answer = answerBehind(server.bytes, s, key);
  const askedEnd = asked === null ? client.bytes.length : c + asked.handshake.length;
  const ends = isRefused
    ? { client: askedEnd, server: answer?.end ?? s }
    : { client: client.bytes.length, server: server.bytes.length };
  // without the answer nobody knows: what looks compressed may be
  const known: InspectOptions = { deflate: answer === null ? 'perhaps' : agreedIn(answer.fields) };
  const early = answer === null ? 0 : sentBefore(client, server, answer.end) - c;
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
  ].filter(({ length }) => length > 0);
}

/** Where a direction's bytes begin when its beginning was not captured; null where no frame seems to. */
export function borderOf(bytes: StoredBytes, from: Who): Border | null {
  const searched = bytes.read(0, MOST_SEARCHED);
  const starts = new Set<number>();
  let at = 0;
  for (const { length } of bytes.arrivals(0, searched.length)) {
    starts.add(at);
    at += length;
  }
  const options: BorderOptions = { from, rsv1: true, starts };
  return findBorder(searched, options);
}

/** What is to be said of runs behind gaps that no border is found in. */
export function runsWithout(who: Who, { runs }: TcpDirection, say: InspectionSay): string[] {
  return runs.flatMap(({ missing, bytes }: Run) => {
    if (borderOf(bytes, who) !== null) return [];
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
  first(
    who: Who,
    side: TcpDirection,
    { start, end }: Range,
    options: InspectOptions,
  ): CapturedStream {
    const say = this.#say;
    const notes = [...side.notes];
    const cut = side.bytes.length - end;
    if (cut > 0) notes.push(say('capture.http', { n: cut }));
    if (start > 0) {
      notes.unshift(say('capture.exchanges', { n: this.#exchanges, bytes: start }));
    }
    notes.push(...runsWithout(who, side, say));
    const isBegun = !side.isFromStart && halfAt(side.bytes, 0) === null;
    if (!isBegun) return this.#stream(who, side.bytes, { start, end }, notes, options);
    const border = borderOf(side.bytes, who);
    const at = border?.at ?? 0;
    if (border !== null && at > 0) notes.unshift(this.#border(border));
    else notes.unshift(say('capture.middle'));
    const middle = { ...options, isMiddle: true };
    return this.#stream(who, side.bytes, { start: at, end }, notes, middle);
  }

  /** What is behind gaps, where a border is found there. */
  behindGaps(who: Who, side: TcpDirection, options: InspectOptions): CapturedStream[] {
    return side.runs.flatMap(({ missing, bytes }, i) => {
      const border = borderOf(bytes, who);
      if (border === null) return [];
      const notes = [this.#say('capture.gap', { missing }), this.#border(border)];
      const range = { start: border.at, end: bytes.length };
      const more = { ...options, isMiddle: true };
      return [this.#stream(who, bytes, range, notes, more, i + 1)];
    });
  }

  #border({ at, frames, sure }: Border): string {
    return this.#say(`capture.border.${sure}`, { bytes: at, frames });
  }

  #stream(
    who: Who,
    bytes: StoredBytes,
    range: Range,
    notes: readonly string[],
    options: InspectOptions,
    gap = 0,
  ): CapturedStream {
    const say = this.#say;
    const whole = say(`stream.${who}`, { name: this.#name });
    const note = notes.map((one) => sentence(one, say)).join(say('sentences.and'));
    const name = gap === 0 ? whole : say('stream.gap', { name: whole, n: gap });
    const known = { name, note, options: { role: who, ...options } };
    return new CapturedStream(known, bytes, range);
  }
}

/** The answer that counts, behind interim ones. */
function answerBehind(bytes: StoredBytes, start: number, key: string | null) {
  for (let at = start; halfAt(bytes, at) === 'answer'; ) {
    const read = headAt(bytes, at, (head) => readAnswer(head, 0, null, key));
    if ('rest' in read) return null;
    at += read.handshake.length;
    if (!read.isInterim) return { end: at, fields: read.fields };
  }
  return null;
}

/** Where the bytes end that the client sent before all of the answer had come to it. */
function sentBefore(client: TcpDirection, server: TcpDirection, answerEnd: number): number {
  if (server.start === null) return 0;
  let early = 0;
  for (const [end, heard] of client.bytes.heard()) {
    if (heard !== null && distance(server.start, heard) < answerEnd) early = end;
  }
  return early;
}
