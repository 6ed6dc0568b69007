/**
 * A conversation as its bytes pass by, both directions: the handshake, then the frames, or that it
 * is no WebSocket. Bounded: a head is read up to 16 KiB, a frame as `PassingFrames` does.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Language } from '../texts/language.js';
import { DEFLATE_DEFAULTS } from '../websocket/deflate-offer.js';
import type { Role } from '../websocket/frame.js';
import { behindEmptyLine } from '../websocket/http.js';
import { handshakeAt, type ReadHead, readAnswer, readRequest } from './handshake.js';
import type { HandshakeInspection } from './inspection.js';
import { meaningsIn } from './meanings.js';
import { agreedIn } from './opening.js';
import {
  type PassingFrame,
  PassingFrames,
  type PassingProblem,
  type PassingRest,
} from './passing-frames.js';
import { type InspectionSay, wordsIn } from './words.js';

/** A request for a WebSocket, or an answer that opens one. */
export interface PassingHandshake {
  readonly kind: 'handshake';
  readonly from: Role;
  /** The first line, `GET /chat HTTP/1.1` for one. */
  readonly line: string;
  readonly inspection: HandshakeInspection;
  /** Whether permessage-deflate is offered in the request, or granted in the answer. */
  readonly deflate: boolean;
}

/** What passes is no WebSocket, or not from here on; said once. */
export interface PassingOther {
  readonly kind: 'other';
  readonly from: Role;
  /** Why. */
  readonly reason: string;
  /** The HTTP status when a request for a WebSocket was turned away, else null. */
  readonly refused: number | null;
  /** Bytes of this piece that are not explained. */
  readonly length: number;
}

/** One thing to say about what passes. */
export type Passing = PassingHandshake | PassingOther | PassingFrame | PassingProblem | PassingRest;

type Head = Extract<ReadHead, { handshake: unknown }>;

const NOTHING = new Uint8Array(0);

/** Both directions of one connection. */
export class Conversation {
  #request: Head | null = null;
  #answer: Head | null = null;
  #isWebSocket = true;
  readonly #language: Language | undefined;
  readonly #say: InspectionSay;
  /** The beginning of each direction, until its head is whole. */
  readonly #heads: Record<Role, Uint8Array> = { client: NOTHING, server: NOTHING };
  readonly #frames: Record<Role, PassingFrames | null> = { client: null, server: null };

  /** @param language of the reasons and meanings; default English */
  constructor(language?: Language) {
    this.#language = language;
    this.#say = wordsIn(language);
  }

  /** Takes the next bytes of a direction, and says what they are. */
  *feed(from: Role, bytes: Uint8Array): Generator<Passing> {
    if (!this.#isWebSocket) return;
    const head = from === 'client' ? this.#request : this.#answer;
    if (head !== null) {
      yield* this.#framesFrom(from).feed(bytes);
      return;
    }
    const all = joinBytes([this.#heads[from], bytes]);
    this.#heads[from] = all;
    yield* this.#readHead(from, all);
  }

  /** Ends a direction: what it breaks off within is said. */
  *end(from: Role): Generator<Passing> {
    if (!this.#isWebSocket) return;
    const { length } = this.#heads[from];
    if (length > 0) yield { kind: 'rest', from, have: length, payloadLength: null };
    yield* this.#frames[from]?.end() ?? [];
  }

  *#readHead(from: Role, all: Uint8Array): Generator<Passing> {
    const line = firstLine(all);
    const isRequest = from === 'client';
    if (handshakeAt(all, 0) !== (isRequest ? 'request' : 'answer')) {
      if (all.length < 8) return; // too few to say
      yield this.#other(
        from,
        this.#say(isRequest ? 'passing.no-request' : 'passing.no-answer'),
        all.length,
      );
      return;
    }
    const head = isRequest
      ? readRequest(all, 0, meaningsIn(this.#language))
      : this.#readAnswer(all);
    if ('rest' in head) return;
    const refusal = isRequest ? whyNoRequest(head, line, this.#say) : whyNoAnswer(line, this.#say);
    if (refusal !== null && !head.isInterim) {
      const refused = isRequest || this.#request === null ? null : statusIn(line);
      yield this.#other(from, refusal, all.length, refused);
      return;
    }
    if (isRequest) this.#request = head;
    else if (!head.isInterim) this.#answer = head;
    this.#heads[from] = NOTHING;
    const { handshake: inspection, fields } = head;
    yield { kind: 'handshake', from, line, inspection, deflate: namesDeflate(fields) };
    yield* this.feed(from, all.subarray(inspection.length));
  }

  #readAnswer(all: Uint8Array): ReadHead {
    const { fields = null, handshake } = this.#request ?? {};
    return readAnswer(all, 0, fields, handshake?.key ?? null, meaningsIn(this.#language));
  }

  /** A client may send frames before the answer is here: then what it offered may be granted. */
  #framesFrom(from: Role): PassingFrames {
    const head = this.#answer ?? this.#request;
    const agreed =
      this.#answer === null && head !== null && namesDeflate(head.fields)
        ? DEFLATE_DEFAULTS
        : agreedIn(head?.fields ?? new Map());
    this.#frames[from] ??= new PassingFrames(from, agreed === false ? null : agreed);
    return this.#frames[from];
  }

  #other(from: Role, reason: string, length: number, refused: number | null = null): PassingOther {
    this.#isWebSocket = false;
    this.#heads.client = NOTHING;
    this.#heads.server = NOTHING;
    return { kind: 'other', from, reason, length, refused };
  }
}

function whyNoRequest({ fields }: Head, line: string, say: InspectionSay): string | null {
  const asks = /(^|,)[ \t]*websocket[ \t]*($|,)/i.test(fields.get('upgrade') ?? '');
  return asks ? null : say('passing.no-wish', { line });
}

function whyNoAnswer(line: string, say: InspectionSay): string | null {
  return statusIn(line) === 101 ? null : say('passing.answer', { line });
}

function statusIn(line: string): number {
  return Number(line.split(' ')[1] ?? 0);
}

function namesDeflate(fields: ReadonlyMap<string, string>): boolean {
  const extensions = fields.get('sec-websocket-extensions') ?? '';
  return /(^|,)[ \t]*permessage-deflate[ \t]*($|[;,])/i.test(extensions);
}

/** One character a byte; a head that is no HTTP may have no end of line. */
function firstLine(bytes: Uint8Array): string {
  let line = '';
  const start = behindEmptyLine(bytes);
  for (const byte of bytes.subarray(start, start + 200)) {
    if (byte === 0x0d || byte === 0x0a) break;
    line += String.fromCharCode(byte);
  }
  return line;
}
