/**
 * The server's side of the opening handshake of RFC 6455 section 4, with no I/O.
 * @module
 */

import { sha1 } from '@noble/hashes/legacy.js';
import { answerDeflate, type DeflateParameters } from './deflate-offer.js';
import { parseExtensions } from './extensions.js';
import {
  type Head,
  HeadReader,
  HttpError,
  hasToken,
  headBytes,
  listOf,
  shown,
  TOKEN,
} from './http.js';
import { refusal } from './reason.js';
import { proxyReason, type RefusedRequest, refuse } from './refusal.js';
import { readRequest } from './request.js';

/** What a server appends to the key (RFC 6455 1.3): a text that nothing else would hash by chance. */
export const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** What a server makes of a request: the WebSocket is open, or it is not. */
export type Answer = AcceptedRequest | RefusedRequest;

/** The status and the reason of a request that opens no WebSocket. */
type Refused = readonly [status: number, reason: string];

/** A request that opens a WebSocket. */
export interface AcceptedRequest {
  /** Switching Protocols. */
  status: 101;
  /** The path and query that were asked for, `/chat?room=1` for one. */
  target: string;
  /** The request's fields, by lower-case name. */
  headers: ReadonlyMap<string, string>;
  /** The value of `Sec-WebSocket-Key`. */
  key: string;
  /** The value of `Sec-WebSocket-Accept`. */
  accept: string;
  /** The subprotocols that were asked for, the one most liked first. */
  protocols: string[];
  /** The one of them that was chosen; null when none was. */
  protocol: string | null;
  /** What was agreed on of permessage-deflate; null when nothing is to be compressed. */
  deflate: DeflateParameters | null;
  /** The whole answer. */
  bytes: Uint8Array;
  /** Bytes that came behind the request: the first frames, for the decoder. */
  rest: Uint8Array;
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
  /** The subprotocols that are spoken; the first that the client asks for is taken. Default none. */
  protocols?: readonly string[];
  /** Tells the time of day, for the field Date of a refusal. Default: there is no clock. */
  date?: (() => Date) | null;
  /** What collects the head, where that is not the kit's own. @internal */
  reader?: HeadReader;
  /** What makes the accept value, where that is not the kit's own. @internal */
  acceptKey?: (key: string) => string;
}

/** The server's side: takes a request in any pieces and answers it. */
export class ServerHandshake {
  readonly #reader: HeadReader;
  readonly #options: ServerHandshakeOptions;

  constructor(options: ServerHandshakeOptions = {}) {
    this.#reader = options.reader ?? new HeadReader(options.maxLength);
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
      if (head === null) return null;
      const result = answer(head, this.#options);
      return 'status' in result ? result : this.#refuse(...result);
    } catch (error) {
      if (error instanceof HttpError) return this.#refuse(error.status, error.message);
      throw error;
    }
  }

  #refuse(status: number, reason: string): RefusedRequest {
    const date = this.#options.date?.() ?? null;
    return refuse(status, reason, { date, isHead: this.#reader.begins('HEAD ') });
  }
}

function answer(head: Head, options: ServerHandshakeOptions): AcceptedRequest | Refused {
  const { method, target, minor, headers } = readRequest(head);
  if (!hasToken(headers.get('upgrade'), 'websocket')) return withoutUpgrade(headers);
  if (method !== 'GET') return [405, refusal('method', { method })];
  const wrong = whatIsWrong(headers, minor);
  if (wrong !== null) return wrong;
  // 4.2.2: "If the server does not wish to accept this connection, it MUST return [...] 403 Forbidden"
  const why = options.refuses?.(headers) ?? null;
  if (why !== null) return [403, why];
  const extensions = parseExtensions(headers.get('sec-websocket-extensions') ?? '');
  if (extensions === null) {
    // 9.1: who gets a field of another form "MUST immediately _Fail the WebSocket Connection_"
    return [400, refusal('extensions')];
  }
  const agreed = options.deflate ? answerDeflate(extensions) : null;
  const protocols = listOf(headers.get('sec-websocket-protocol'));
  // 4.1 (10): the client names them in the order of its preference
  const protocol = protocols.find((asked) => options.protocols?.includes(asked)) ?? null;
  const key = headers.get('sec-websocket-key') ?? '';
  const accept = (options.acceptKey ?? acceptKey)(key);
  const bytes = headBytes([
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${accept}`,
    ...(protocol === null ? [] : [`Sec-WebSocket-Protocol: ${protocol}`]),
    ...(agreed === null ? [] : [`Sec-WebSocket-Extensions: ${agreed.field}`]),
  ]);
  const deflate = agreed?.parameters ?? null;
  const { rest } = head;
  return { status: 101, target, headers, key, accept, protocols, protocol, deflate, bytes, rest };
}

/** A request that asks for no WebSocket, or whose wish was lost on the way. */
function withoutUpgrade(headers: ReadonlyMap<string, string>): Refused {
  const asks = [...headers.keys()].some((name) => name.startsWith('sec-websocket-'));
  // who looks whether the server is alive (a proxy, a person) is told so
  if (!asks) return [200, refusal('no-wish')];
  return [426, proxyReason(headers, 'upgrade-lost')];
}

/** What RFC 6455 and HTTP have against a request that wants to upgrade; null for nothing. */
function whatIsWrong(headers: ReadonlyMap<string, string>, minor: number): Refused | null {
  // 4.2.1 (1): "An HTTP/1.1 or higher GET request"; RFC 9110 7.8: below, Upgrade is to be ignored
  if (minor < 1) return [426, proxyReason(headers, 'http-1.0')];
  if (!hasToken(headers.get('connection'), 'upgrade')) {
    return [400, proxyReason(headers, 'connection-lost')];
  }
  // RFC 9110 7.8: the protocol changes behind the whole request, so its body would be read as frames
  if (headers.has('transfer-encoding') || (headers.get('content-length') ?? '0') !== '0') {
    return [400, refusal('body')];
  }
  const version = headers.get('sec-websocket-version');
  if (version !== '13') {
    // 4.4: the server tells "the version(s) the server is capable of understanding"
    return [426, refusal('version', { version: shown(version ?? 'missing') })];
  }
  if (!isKey(headers.get('sec-websocket-key') ?? '')) {
    // 4.2.1 (5): "when decoded, is 16 bytes in length"; 11.3.1: it "MUST NOT appear more than once"
    return [400, refusal('key')];
  }
  const protocols = listOf(headers.get('sec-websocket-protocol'));
  if (new Set(protocols).size < protocols.length || !protocols.every((one) => TOKEN.test(one))) {
    // 4.1 (10): "MUST all be unique strings", of characters that no separator is among
    return [400, refusal('protocols')];
  }
  return null;
}

/** Makes a key from 16 random bytes, which the caller brings. */
export function makeKey(random: Uint8Array): string {
  return base64(random.subarray(0, 16));
}

/** 16 bytes in base64 are 22 characters and two `=`. @internal */
export function isKey(key: string): boolean {
  return /^[A-Za-z0-9+/]{22}==$/.test(key);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
