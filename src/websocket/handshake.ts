/**
 * The opening handshake of RFC 6455 section 4, both sides of it, with no I/O.
 * @module
 */

import { sha1 } from '@noble/hashes/legacy.js';
import { joinBytes } from '../bytes.js';
import {
  answerDeflate,
  type DeflateParameters,
  offerDeflate,
  readDeflateAnswer,
} from './deflate-offer.js';
import { parseExtensions } from './extensions.js';
import { type Head, HeadReader, HttpError, shown, TOKEN, trimSpace } from './http.js';

/** What a server appends to the key (RFC 6455 1.3): a text that nothing else would hash by chance. */
export const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** What a server makes of a request: the WebSocket is open, or the request is turned away. */
export type Answer = AcceptedRequest | RefusedRequest;

/** A request that opens a WebSocket. */
export interface AcceptedRequest {
  /** Switching Protocols. */
  status: 101;
  /** What the request line asked for, `/chat?room=1` for one. */
  target: string;
  /** The request's fields, by lower-case name. */
  headers: ReadonlyMap<string, string>;
  /** The value of `Sec-WebSocket-Key`. */
  key: string;
  /** The value of `Sec-WebSocket-Accept`. */
  accept: string;
  /** What was agreed on of permessage-deflate; null when nothing is to be compressed. */
  deflate: DeflateParameters | null;
  /** The whole answer. */
  bytes: Uint8Array;
  /** Bytes that came behind the request: the first frames, for the decoder. */
  rest: Uint8Array;
}

/** A request that is turned away. */
export interface RefusedRequest {
  /** The HTTP status. */
  status: number;
  /** Why, in one clause. */
  reason: string;
  /** The whole answer. When it is sent, TCP is to be closed. */
  bytes: Uint8Array;
}

/**
 * Makes the value of `Sec-WebSocket-Accept`: base64 of the SHA-1 of key and GUID.
 *
 * @param key the value of `Sec-WebSocket-Key` as it was sent, 24 characters
 * @returns 28 characters
 * @see RFC 6455 4.2.2; PHP base64_encode(sha1($key . $guid, true))
 */
export function acceptKey(key: string): string {
  // #region lesson-accept
  return base64(sha1(new TextEncoder().encode(key + GUID)));
  // #endregion
}

/** What a server's side of the handshake takes. */
export interface ServerHandshakeOptions {
  /** The longest head of a request, in bytes. Default 16 KiB. */
  maxLength?: number;
  /** Whether an offer of permessage-deflate is taken. Default no. */
  deflate?: boolean;
  /**
   * Says why a request that is right is turned away all the same, with 403; null lets it in. It gets
   * the request's fields by lower-case name. Default: all are let in.
   */
  refuses?: (headers: ReadonlyMap<string, string>) => string | null;
}

/** The server's side: takes a request in any pieces and answers it. */
export class ServerHandshake {
  readonly #reader: HeadReader;
  readonly #options: ServerHandshakeOptions;

  constructor(options: ServerHandshakeOptions = {}) {
    this.#reader = new HeadReader(options.maxLength);
    this.#options = options;
  }

  /**
   * Takes the next bytes of the request.
   *
   * @returns the answer once the request is whole (or cannot become right any more), null before
   * @see RFC 6455 4.2
   */
  feed(bytes: Uint8Array): Answer | null {
    try {
      const head = this.#reader.feed(bytes);
      return head === null ? null : answer(head, this.#options);
    } catch (error) {
      if (error instanceof HttpError) return refuse(error.status, error.message);
      throw error;
    }
  }
}

function answer(head: Head, { deflate: takesDeflate, refuses }: ServerHandshakeOptions): Answer {
  const { headers, repeated, rest } = head;
  // RFC 9112 3: a token, a target without spaces and control characters, and the version
  const request = /^([^ ]+) ([^\0-\x20\x7f]+) HTTP\/(\d)\.(\d)$/.exec(head.startLine);
  const [, method = '', target = '', major, minor] = request ?? [];
  if (!TOKEN.test(method)) return refuse(400, 'the first line is no HTTP request line');
  if (method !== 'GET') {
    const reason = `the method is ${shown(method)}; a WebSocket begins with GET`;
    return refuse(405, reason, ['Allow: GET']);
  }
  if (!hasToken(headers.get('upgrade'), 'websocket')) {
    return refuse(426, 'this is a WebSocket server', ['Upgrade: websocket']);
  }
  // 4.2.1 (1): "An HTTP/1.1 or higher GET request"
  if (`${major}.${minor}` < '1.1') return refuse(400, `HTTP/${major}.${minor} cannot upgrade`);
  if (!headers.get('host') || repeated.has('host')) return refuse(400, 'one Host field is needed');
  if (!hasToken(headers.get('connection'), 'upgrade')) {
    return refuse(400, 'the Connection field lacks Upgrade');
  }
  const version = headers.get('sec-websocket-version');
  if (version !== '13') {
    // 4.4: the server tells "the version(s) the server is capable of understanding"
    const reason = `Sec-WebSocket-Version is ${shown(version ?? 'missing')}; this server speaks 13`;
    return refuse(426, reason, ['Upgrade: websocket', 'Sec-WebSocket-Version: 13']);
  }
  const key = headers.get('sec-websocket-key') ?? '';
  if (!isKey(key)) {
    // 4.2.1 (5): "when decoded, is 16 bytes in length"; 11.3.1: it "MUST NOT appear more than once"
    return refuse(400, 'Sec-WebSocket-Key must be 16 bytes in base64, once');
  }
  // 4.2.2: "If the server does not wish to accept this connection, it MUST return [...] 403 Forbidden"
  const refusal = refuses?.(headers) ?? null;
  if (refusal !== null) return refuse(403, refusal);
  const extensions = parseExtensions(headers.get('sec-websocket-extensions') ?? '');
  if (extensions === null) {
    // 9.1: who gets a field of another form "MUST immediately _Fail the WebSocket Connection_"
    return refuse(400, 'Sec-WebSocket-Extensions cannot be read');
  }
  const agreed = takesDeflate ? answerDeflate(extensions) : null;
  const accept = acceptKey(key);
  const lines = [
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    ...(agreed === null ? [] : [`Sec-WebSocket-Extensions: ${agreed.field}`]),
  ];
  const deflate = agreed?.parameters ?? null;
  return { status: 101, target, headers, key, accept, deflate, bytes: httpBytes(lines), rest };
}

const REASON_PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  426: 'Upgrade Required',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/**
 * Makes the answer that turns a request away.
 *
 * @param status 400, 403, 405, 426, 431 or 503
 * @param reason one clause for whoever reads the body
 * @param fields further header lines, without CRLF
 * @see RFC 6455 4.2.2: "an appropriate HTTP error code"
 */
export function refuse(status: number, reason: string, fields: string[] = []): RefusedRequest {
  const body =
    status === 426
      ? `${reason}. Connect with new WebSocket("ws://...") in a page, or: npx loopscope chat ws://HOST:PORT\n`
      : `${reason}.\n`;
  const bodyBytes = new TextEncoder().encode(body);
  const head = httpBytes([
    `HTTP/1.1 ${status} ${REASON_PHRASES[status] ?? 'Refused'}`,
    ...fields,
    `Connection: ${fields.some((field) => field.startsWith('Upgrade:')) ? 'Upgrade, close' : 'close'}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff', // the reason may repeat what the peer wrote: it is no page
    `Content-Length: ${bodyBytes.length}`,
  ]);
  return { status, reason, bytes: joinBytes([head, bodyBytes]) };
}

/** What a client asks for. */
export interface ClientRequest {
  /** The value of the Host field: a name, and the port unless it is 80. */
  host: string;
  /** Path and query. Default `/`. */
  target?: string;
  /** 16 bytes that nobody can foretell, in base64; see {@link makeKey}. */
  key: string;
  /** The Origin field, which pages send and programs need not. */
  origin?: string;
  /** Offers permessage-deflate: what is wanted beside the defaults, `{}` for nothing. */
  deflate?: Partial<DeflateParameters> | null;
}

/** What a client makes of the answer: the WebSocket is open, or what was wrong. */
export type HandshakeResult = HandshakeDone | HandshakeFailed;

/** The answer was right. */
export interface HandshakeDone {
  /** Says that the WebSocket is open. */
  open: true;
  /** What was agreed on of permessage-deflate; null when nothing is to be compressed. */
  deflate: DeflateParameters | null;
  /** Bytes that came behind the answer: the first frames, for the decoder. */
  rest: Uint8Array;
}

/** The answer was wrong, or no answer to this request. */
export interface HandshakeFailed {
  /** Says that it is not. */
  open: false;
  /** What was wrong, in one clause. */
  reason: string;
}

/** Makes a key from 16 random bytes, which the caller brings. */
export function makeKey(random: Uint8Array): string {
  return base64(random.subarray(0, 16));
}

/** The client's side: makes the request, and judges the server's answer. */
export class ClientHandshake {
  /** The bytes to send first. */
  readonly request: Uint8Array;
  readonly #key: string;
  readonly #deflate: Partial<DeflateParameters> | null;
  readonly #reader = new HeadReader();

  /** @throws TypeError when the key is not 16 bytes in base64, or a field would break out of its line */
  constructor({ host, target = '/', key, origin, deflate = null }: ClientRequest) {
    if (!isKey(key)) throw new TypeError('the key must be 16 bytes in base64');
    for (const value of [host, target, origin ?? '']) {
      if (/[\0\r\n ]/.test(value)) {
        throw new TypeError(`${JSON.stringify(value)} holds a space, CR, LF or NUL`);
      }
    }
    this.#key = key;
    this.#deflate = deflate;
    this.request = httpBytes([
      `GET ${target} HTTP/1.1`,
      `Host: ${host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Version: 13',
      ...(origin === undefined ? [] : [`Origin: ${origin}`]),
      ...(deflate === null ? [] : [`Sec-WebSocket-Extensions: ${offerDeflate(deflate)}`]),
    ]);
  }

  /**
   * Takes the next bytes of the answer.
   *
   * @returns null while it is not whole
   * @see RFC 6455 4.1
   */
  feed(bytes: Uint8Array): HandshakeResult | null {
    try {
      const head = this.#reader.feed(bytes);
      if (head === null) return null;
      const reason = this.#whatIsWrong(head);
      if (reason !== null) return { open: false, reason };
      const deflate = this.#agreed(head);
      if (typeof deflate === 'string') return { open: false, reason: deflate };
      return { open: true, deflate, rest: head.rest };
    } catch (error) {
      if (error instanceof HttpError) return { open: false, reason: error.message };
      throw error;
    }
  }

  #whatIsWrong({ startLine, headers }: Head): string | null {
    if (!/^HTTP\/1\.1 101( |$)/.test(startLine)) return `the server answered: ${shown(startLine)}`;
    if (headers.get('upgrade')?.toLowerCase() !== 'websocket') {
      return 'the answer lacks Upgrade: websocket';
    }
    if (!hasToken(headers.get('connection'), 'upgrade'))
      return 'the answer lacks Connection: Upgrade';
    const accept = headers.get('sec-websocket-accept');
    const expected = acceptKey(this.#key);
    if (accept !== expected)
      return `Sec-WebSocket-Accept is ${shown(accept ?? 'missing')}, not ${expected}`;
    // 4.1 (6): what was not asked for must not be granted
    if (headers.has('sec-websocket-protocol')) return 'the server chose a subprotocol unasked';
    return null;
  }

  /** What was agreed on of permessage-deflate, or what is wrong. */
  #agreed({ headers }: Head): DeflateParameters | string | null {
    const field = headers.get('sec-websocket-extensions');
    if (field === undefined) return null;
    // 4.1 (5): what was not asked for must not be granted
    if (this.#deflate === null) return 'the server uses an extension unasked';
    return readDeflateAnswer(field, this.#deflate);
  }
}

/** Tells whether a comma-separated field holds a token, whatever its case. */
function hasToken(field: string | undefined, token: string): boolean {
  return (field ?? '').split(',').some((part) => trimSpace(part).toLowerCase() === token);
}

/** 16 bytes in base64 are 22 characters and two `=`. */
function isKey(key: string): boolean {
  return /^[A-Za-z0-9+/]{22}==$/.test(key);
}

function httpBytes(lines: string[]): Uint8Array {
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n`);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
