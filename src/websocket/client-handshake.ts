/**
 * The client's side of the opening handshake of RFC 6455 section 4, with no I/O: the request, and
 * what is to be made of the answer.
 * @module
 */

import { failing } from '../texts/errors.js';
import { type DeflateParameters, offerDeflate, readDeflateAnswer } from './deflate-offer.js';
import { acceptKey, isKey } from './handshake.js';
import {
  CONTROL,
  type Head,
  HeadReader,
  HttpError,
  hasToken,
  headBytes,
  shown,
  TOKEN,
} from './http.js';
import { wrongAnswer } from './reason.js';
import { isHost, isTarget } from './request.js';

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
  /** Subprotocols, the one most liked first; the server has to choose one of them. Default none. */
  protocols?: readonly string[];
  /** Further fields by name, `Authorization` or `Cookie` for one. */
  headers?: Readonly<Record<string, string>>;
  /** Offers permessage-deflate: what is wanted beside the defaults, `{}` for nothing. */
  deflate?: Partial<DeflateParameters> | null;
  /** The longest head of an answer, in bytes. Default 16 KiB. */
  maxLength?: number;
}

/** What a client makes of the answer: the WebSocket is open, or what was wrong. */
export type HandshakeResult = HandshakeDone | HandshakeFailed;

/** The answer was right. */
export interface HandshakeDone {
  /** Says that the WebSocket is open. */
  open: true;
  /** What was agreed on of permessage-deflate; null when nothing is to be compressed. */
  deflate: DeflateParameters | null;
  /** The subprotocol that the server chose; empty when none was asked for. */
  protocol: string;
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

/** Fields that the handshake itself writes, or that would make another request of it. */
const OWN_FIELDS =
  /^(host|upgrade|connection|origin|sec-websocket-.*|content-length|transfer-encoding)$/i;

/** The client's side: makes the request, and judges the server's answer. */
export class ClientHandshake {
  /** The bytes to send first. */
  readonly request: Uint8Array;
  readonly #options: ClientRequest;
  #reader: HeadReader;

  /** @throws TypeError for what cannot stand in a request, or not twice */
  constructor(options: ClientRequest) {
    if (!isKey(options.key)) throw failing(TypeError, 'websocket.key');
    checkRequest(options);
    const { host, target = '/', key, origin, deflate = null, protocols = [] } = options;
    this.#options = options;
    this.#reader = new HeadReader(options.maxLength);
    this.request = headBytes([
      `GET ${target} HTTP/1.1`,
      `Host: ${host}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Version: 13',
      ...(origin === undefined ? [] : [`Origin: ${origin}`]),
      ...(protocols.length === 0 ? [] : [`Sec-WebSocket-Protocol: ${protocols.join(', ')}`]),
      ...(deflate === null ? [] : [`Sec-WebSocket-Extensions: ${offerDeflate(deflate)}`]),
      ...Object.entries(options.headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    ]);
  }

  /**
   * Takes the next bytes of the answer. Interim answers in front of it are passed over.
   *
   * @returns null while it is not whole
   * @see RFC 6455 4.1
   */
  feed(bytes: Uint8Array): HandshakeResult | null {
    try {
      let head = this.#reader.feed(bytes);
      // RFC 9110 15.2: a client "MUST be able to parse one or more 1xx responses received prior to a
      // final response, even if the client does not expect one"
      while (head !== null && isInterim(head.startLine)) {
        this.#reader = new HeadReader(this.#options.maxLength);
        head = this.#reader.feed(head.rest);
      }
      return head && this.#judge(head);
    } catch (error) {
      if (error instanceof HttpError) return { open: false, reason: error.message };
      throw error;
    }
  }

  #judge(head: Head): HandshakeResult {
    const protocol = head.headers.get('sec-websocket-protocol') ?? '';
    const reason = this.#whatIsWrong(head) ?? this.#protocolProblem(protocol);
    if (reason !== null) return { open: false, reason };
    const deflate = this.#agreed(head);
    if (typeof deflate === 'string') return { open: false, reason: deflate };
    return { open: true, deflate, protocol, rest: head.rest };
  }

  #whatIsWrong({ startLine, headers }: Head): string | null {
    if (!/^HTTP\/1\.1 101( |$)/.test(startLine))
      return wrongAnswer('status', { line: shown(startLine) });
    if (headers.get('upgrade')?.toLowerCase() !== 'websocket') {
      return wrongAnswer('no-upgrade');
    }
    if (!hasToken(headers.get('connection'), 'upgrade')) return wrongAnswer('no-connection');
    const accept = headers.get('sec-websocket-accept');
    const expected = acceptKey(this.#options.key);
    if (accept !== expected) {
      return wrongAnswer('accept', { value: shown(accept ?? 'missing'), expected });
    }
    return null;
  }

  #protocolProblem(chosen: string): string | null {
    const { protocols = [] } = this.#options;
    if (protocols.includes(chosen) || (protocols.length === 0 && chosen === '')) return null;
    // 4.1 (6): what was not asked for must not be granted
    if (chosen !== '') return wrongAnswer('protocol-unasked', { protocol: shown(chosen) });
    // as a page has it: whoever names subprotocols wants one of them
    return wrongAnswer('no-protocol', { protocols: protocols.join(', ') });
  }

  /** What was agreed on of permessage-deflate, or what is wrong. */
  #agreed({ headers }: Head): DeflateParameters | string | null {
    const field = headers.get('sec-websocket-extensions');
    if (field === undefined) return null;
    const { deflate = null } = this.#options;
    // 4.1 (5): what was not asked for must not be granted
    if (deflate === null) return wrongAnswer('extension-unasked');
    return readDeflateAnswer(field, deflate);
  }
}

/** Whether an answer, by its first line, only comes in front of the one that counts. @internal */
export function isInterim(startLine: string): boolean {
  return /^HTTP\/1\.\d 1(?!01)\d\d( |$)/.test(startLine);
}

/** @throws TypeError for what cannot stand in a request @internal */
export function checkRequest(request: Omit<ClientRequest, 'key'>): void {
  const { host, target, origin, protocols = [], headers = {} } = request;
  if (!isHost(host)) throw failing(TypeError, 'websocket.host', { host: JSON.stringify(host) });
  if (target !== undefined && !isTarget(target)) {
    throw failing(TypeError, 'websocket.target', { target: JSON.stringify(target) });
  }
  if (origin !== undefined && !/^[!-~]+$/.test(origin)) {
    throw failing(TypeError, 'websocket.origin', { origin: JSON.stringify(origin) });
  }
  const odd = protocols.find((one, i) => !TOKEN.test(one) || protocols.indexOf(one) < i);
  if (odd !== undefined) {
    throw failing(TypeError, 'websocket.protocol', { protocol: JSON.stringify(odd) });
  }
  for (const [name, value] of Object.entries(headers)) {
    if (OWN_FIELDS.test(name)) throw failing(TypeError, 'websocket.own-field', { name });
    if (!TOKEN.test(name) || CONTROL.test(value)) {
      throw failing(TypeError, 'websocket.field', { name: JSON.stringify(name) });
    }
  }
}
