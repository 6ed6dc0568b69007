/**
 * A conversation as its bytes pass by, both directions: what is plain HTTP, the handshake, then the
 * frames, or that it is no WebSocket. Bounded: a head is read up to 16 KiB, a frame as `PassingFrames` does.
 * @module
 */

import type { Language } from '../texts/language.js';
import { DEFLATE_DEFAULTS } from '../websocket/deflate-offer.js';
import type { Role } from '../websocket/frame.js';
import { hasToken } from '../websocket/http.js';
import { type ReadHead, readAnswer, readRequest } from './handshake.js';
import {
  answerBody,
  type BodyEnd,
  type HttpHead,
  HttpMessages,
  requestBody,
} from './http-messages.js';
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

/** A message of plain HTTP: beside the WebSocket, or instead of it. */
export interface PassingHttp {
  readonly kind: 'http';
  readonly from: Role;
  /** The first line, `GET /style.css HTTP/1.1` for one. */
  readonly line: string;
  /** Where the body behind the head ends. */
  readonly body: BodyEnd;
  /** The status when it turns a request for a WebSocket away, else null. */
  readonly refused: number | null;
}

/** What passes is no WebSocket, or not from here on; said once. */
export interface PassingOther {
  readonly kind: 'other';
  readonly from: Role;
  /** Why. */
  readonly reason: string;
  /** Bytes of this piece that are not explained. */
  readonly length: number;
}

/** One thing to say about what passes. */
export type Passing =
  | PassingHandshake
  | PassingHttp
  | PassingOther
  | PassingFrame
  | PassingProblem
  | PassingRest;

type Head = Extract<ReadHead, { handshake: unknown }>;

/** A request that no answer has come to yet. */
interface Asked {
  readonly method: string;
  /** The head when it asks for a WebSocket, else null. */
  readonly wish: Head | null;
}

/** Requests that may wait for their answers. */
const MOST_ASKED = 1_000;

/** Both directions of one connection. */
export class Conversation {
  /** That which opens the WebSocket. */
  #answer: Head | null = null;
  #isOther = false;
  /** In the order in which they came, which is that of the answers. */
  readonly #asked: Asked[] = [];
  readonly #language: Language | undefined;
  readonly #say: InspectionSay;
  readonly #http: Record<Role, HttpMessages> = {
    client: new HttpMessages('request', requestBody),
    server: new HttpMessages('answer', (head) =>
      head.status === 101 ? 'other' : answerBody(head, this.#asked[0]?.method ?? ''),
    ),
  };
  readonly #frames: Record<Role, PassingFrames | null> = { client: null, server: null };

  /** @param language of the reasons and meanings; default English */
  constructor(language?: Language) {
    this.#language = language;
    this.#say = wordsIn(language);
  }

  /** Whether the answer that opens the WebSocket is here. */
  get isOpen(): boolean {
    return this.#answer !== null;
  }

  /** Whether a frame of a direction has begun and is not whole. */
  isWithinFrame(from: Role): boolean {
    return this.#frames[from]?.isWithinFrame ?? false;
  }

  /** Takes the next bytes of a direction, and says what they are. */
  *feed(from: Role, bytes: Uint8Array): Generator<Passing> {
    if (this.#isOther) return;
    if (this.#frames[from] !== null) {
      yield* this.#frames[from].feed(bytes);
      return;
    }
    for (const piece of this.#http[from].feed(bytes)) {
      if (this.#isOther) return;
      if (piece.kind === 'other') yield* this.#takeOther(from, piece.bytes);
      else if (piece.kind === 'head') {
        yield* from === 'client' ? this.#takeRequest(piece.head) : this.#takeAnswer(piece.head);
      }
    }
  }

  /** Ends a direction: what it breaks off within is said. */
  *end(from: Role): Generator<Passing> {
    if (this.#isOther) return;
    const { length } = this.#http[from].held;
    if (length > 0) yield { kind: 'rest', from, have: length, payloadLength: null };
    yield* this.#frames[from]?.end() ?? [];
  }

  *#takeRequest(head: HttpHead): Generator<Passing> {
    const { bytes, line, fields } = head;
    const from = 'client';
    const method = line.split(' ', 1)[0] ?? '';
    const wish = asksForIt(fields)
      ? whole(readRequest(bytes, 0, meaningsIn(this.#language)))
      : null;
    this.#asked.push({ method, wish });
    if (this.#asked.length > MOST_ASKED) {
      yield this.#other(from, this.#say('passing.no-answer'), bytes.length);
    } else if (wish === null) {
      yield { kind: 'http', from, line, body: requestBody(head), refused: null };
    } else {
      yield this.#handshake(from, line, wish);
    }
  }

  *#takeAnswer(head: HttpHead): Generator<Passing> {
    const { bytes, line, status } = head;
    const from = 'server';
    const asked = this.#asked[0];
    const { method = '', wish = null } = asked ?? {};
    const isInterim = status >= 100 && status < 200 && status !== 101;
    if (!isInterim) this.#asked.shift();
    if (status === 101 && asked !== undefined && wish === null) {
      yield this.#other(from, this.#say('passing.answer', { line }), bytes.length);
    } else if (status === 101 || (isInterim && wish !== null)) {
      const meanings = meaningsIn(this.#language);
      const { fields = null, handshake } = wish ?? {};
      const answer = whole(readAnswer(bytes, 0, fields, handshake?.key ?? null, meanings));
      yield this.#handshake(from, line, answer);
      if (status === 101) yield* this.#open(answer);
    } else {
      const refused = wish === null ? null : status;
      yield { kind: 'http', from, line, body: answerBody(head, method), refused };
    }
  }

  /** From here on there are frames; a client may have sent some that looked like the beginning of a request. */
  *#open(answer: Head): Generator<Passing> {
    this.#answer = answer;
    const { held } = this.#http.client;
    if (this.#frames.client === null) yield* this.#framesFrom('client').feed(held);
  }

  *#takeOther(from: Role, bytes: Uint8Array): Generator<Passing> {
    // a client may send frames before the answer is here
    const isEarly = from === 'client' && this.#asked.at(-1)?.wish != null;
    if (isEarly || this.#answer !== null) yield* this.#framesFrom(from).feed(bytes);
    else {
      const reason = from === 'client' ? 'passing.no-request' : 'passing.no-answer';
      yield this.#other(from, this.#say(reason), bytes.length);
    }
  }

  #handshake(from: Role, line: string, { handshake, fields }: Head): PassingHandshake {
    const inspection = handshake;
    return { kind: 'handshake', from, line, inspection, deflate: namesDeflate(fields) };
  }

  /** Before the answer is here, what the client offered may be granted. */
  #framesFrom(from: Role): PassingFrames {
    const head = this.#answer ?? this.#asked.at(-1)?.wish ?? null;
    const agreed =
      this.#answer === null && head !== null && namesDeflate(head.fields)
        ? DEFLATE_DEFAULTS
        : agreedIn(head?.fields ?? new Map());
    this.#frames[from] ??= new PassingFrames(from, agreed === false ? null : agreed);
    return this.#frames[from];
  }

  #other(from: Role, reason: string, length: number): PassingOther {
    this.#isOther = true;
    return { kind: 'other', from, reason, length };
  }
}

function asksForIt(fields: HttpHead['fields']): boolean {
  return hasToken(fields.get('upgrade'), 'websocket');
}

/** A head that was handed over whole is read whole. */
function whole(read: ReadHead): Head {
  if ('rest' in read) throw new Error('bug: a head with its empty line is whole');
  return read;
}

function namesDeflate(fields: ReadonlyMap<string, string>): boolean {
  const extensions = fields.get('sec-websocket-extensions') ?? '';
  return /(^|,)[ \t]*permessage-deflate[ \t]*($|[;,])/i.test(extensions);
}
