/**
 * HTTP/1.1 in one direction as its bytes pass by, in any pieces: heads whole, and where the body behind
 * each ends (RFC 9112 6.3). Judges nothing, and keeps no body.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { behindEmptyLine, listOf } from '../websocket/http.js';
import { fieldsInHead, handshakeAt } from './handshake.js';

/** The longest head that is waited for, in bytes. */
const MOST_HEAD = 16_384;
/** The longest line between chunks that is waited for. */
const MOST_LINE = 4_096;
/** Letters of the longest method, and its space: with so many it is known what begins. */
const ENOUGH = 8;

const NOTHING = new Uint8Array(0);

/** Where a body ends: behind so many bytes, with its last chunk, or with the connection. */
export type BodyEnd = number | 'chunks' | 'close';

/** The head of a message. */
export interface HttpHead {
  /** As it came, with its empty line. */
  readonly bytes: Uint8Array;
  /** `GET /chat HTTP/1.1` for one. */
  readonly line: string;
  /** Of an answer; 0 for a request. */
  readonly status: number;
  /** Values by lower-case field name; those of a field that comes more than once are joined by `, `. */
  readonly fields: ReadonlyMap<string, string>;
}

/** What passes: a head, a part of its body, or what is no HTTP, which all is that follows. */
export type HttpPiece =
  | { readonly kind: 'head'; readonly head: HttpHead }
  | { readonly kind: 'body' | 'other'; readonly bytes: Uint8Array };

/** Where the body behind a request ends. */
export function requestBody({ fields }: Pick<HttpHead, 'fields'>): BodyEnd {
  return lengthIn(fields) ?? 0;
}

/**
 * Where the body behind an answer ends.
 *
 * @param method of the request; '' where it is not known
 */
export function answerBody(
  { fields, status }: Pick<HttpHead, 'fields'> & { readonly status: number },
  method: string,
): BodyEnd {
  const isBare = method === 'HEAD' || status === 204 || status === 304;
  if (isBare || (status >= 100 && status < 200)) return 0;
  return lengthIn(fields) ?? 'close';
}

/** The status in an answer's first line; 0 for none. */
function statusIn(line: string): number {
  return Number(/^\S+ +(\d{3})/.exec(line)?.[1] ?? 0);
}

/** Null where the fields do not say. */
function lengthIn(fields: HttpHead['fields']): BodyEnd | null {
  if (/chunked/i.test(fields.get('transfer-encoding') ?? '')) return 'chunks';
  const [length, ...more] = new Set(listOf(fields.get('content-length')));
  if (length === undefined) return null;
  // two lengths, or none that can be: nobody knows where the next message begins
  return more.length === 0 && /^\d{1,15}$/.test(length) ? Number(length) : 'close';
}

/** Takes the body of a message, to its end. */
export class BodyReader {
  /** Bytes until the next thing to read: of the body, or of a chunk and its CRLF. */
  #left: number;
  readonly #isChunked: boolean;
  #isTrailer = false;
  /** Of a chunk's size, or of a field behind the last one. */
  #line = '';
  #isOver: boolean;

  constructor(end: BodyEnd) {
    this.#isChunked = end === 'chunks';
    this.#left = typeof end === 'number' ? end : end === 'close' ? Number.POSITIVE_INFINITY : 0;
    this.#isOver = end === 0;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Takes the next bytes. @returns how many of them are of the body */
  take(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length && !this.#isOver) {
      if (this.#left > 0) {
        const taken = Math.min(this.#left, bytes.length - at);
        this.#left -= taken;
        at += taken;
        this.#isOver = this.#left === 0 && !this.#isChunked;
      } else {
        at = this.#takeLine(bytes, at);
      }
    }
    return at;
  }

  #takeLine(bytes: Uint8Array, start: number): number {
    const lf = bytes.indexOf(0x0a, start);
    const end = lf === -1 ? bytes.length : lf + 1;
    this.#line += latin1(bytes.subarray(start, Math.min(end, start + MOST_LINE)));
    if (lf !== -1) this.#endLine();
    // no HTTP, and nothing behind it can be told apart
    else if (this.#line.length >= MOST_LINE) this.#left = Number.POSITIVE_INFINITY;
    return end;
  }

  #endLine(): void {
    const line = this.#line.trim();
    this.#line = '';
    if (this.#isTrailer) {
      this.#isOver = line === '';
      return;
    }
    const size = /^[0-9a-f]{1,13}(?=[ \t;]|$)/i.exec(line);
    const length = size === null ? Number.POSITIVE_INFINITY : Number.parseInt(size[0], 16);
    if (length === 0) this.#isTrailer = true;
    else this.#left = length + 2;
  }
}

/** Tells the messages of a direction apart. */
export class HttpMessages {
  readonly #half: 'request' | 'answer';
  readonly #bodyOf: (head: HttpHead) => BodyEnd | 'other';
  /** The beginning of a head, until it is whole. */
  #held: Uint8Array = NOTHING;
  #body: BodyReader | null = null;
  #isOther = false;

  /** @param bodyOf where the body behind a head ends; `other` when no HTTP follows it */
  constructor(half: 'request' | 'answer', bodyOf: (head: HttpHead) => BodyEnd | 'other') {
    this.#half = half;
    this.#bodyOf = bodyOf;
  }

  /** What is waited with: a head that is not whole, or too little to say what begins. */
  get held(): Uint8Array {
    return this.#held;
  }

  /** Takes the next bytes, and says what they are. */
  *feed(bytes: Uint8Array): Generator<HttpPiece> {
    let rest = this.#held.length === 0 ? bytes : joinBytes([this.#held, bytes]);
    let from = this.#held.length;
    this.#held = NOTHING;
    while (rest.length > 0) {
      if (this.#isOther) {
        yield { kind: 'other', bytes: rest };
        return;
      }
      const taken = this.#body?.take(rest) ?? 0;
      const end = taken > 0 ? taken : this.#headEnd(rest, from);
      if (end === -1) {
        this.#held = new Uint8Array(rest); // the bytes are not ours to keep
        return;
      }
      if (end === null) this.#isOther = true;
      else {
        const bytes = rest.subarray(0, end);
        yield taken > 0 ? { kind: 'body', bytes } : this.#head(bytes);
        rest = rest.subarray(end);
      }
      from = 0;
    }
  }

  #head(bytes: Uint8Array): HttpPiece {
    const head = readHead(bytes);
    const body = this.#bodyOf(head);
    if (body === 'other') this.#isOther = true;
    else this.#body = new BodyReader(body);
    return { kind: 'head', head };
  }

  /** Behind the head that begins here; -1 while it is not whole; null for what is none. */
  #headEnd(bytes: Uint8Array, from: number): number | null {
    if (handshakeAt(bytes, 0) !== this.#half) {
      const mayBecome = bytes.length < ENOUGH && /^(\r\n?)?[A-Z]*$/.test(latin1(bytes));
      return mayBecome ? -1 : null;
    }
    const start = behindEmptyLine(bytes);
    for (let lf = bytes.indexOf(0x0a, Math.max(start, from - 3)); lf !== -1; ) {
      const next = bytes.indexOf(0x0a, lf + 1);
      // a bare LF is no HTTP, but what was meant
      if (next === lf + 1 || (next === lf + 2 && bytes[lf + 1] === 0x0d)) {
        return next < MOST_HEAD ? next + 1 : null;
      }
      lf = next;
    }
    return bytes.length < MOST_HEAD ? -1 : null;
  }
}

function readHead(bytes: Uint8Array): HttpHead {
  const [line = ''] = latin1(bytes).trimStart().split(/\r?\n/, 1);
  return { bytes, line, status: statusIn(line), fields: fieldsInHead(bytes) };
}

/** One character a byte. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
