/**
 * The answers that open no WebSocket: each a whole HTTP message with one sentence as its body.
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import type { Values } from '../texts/say.js';
import { headBytes } from './http.js';
import { refusal } from './reason.js';

/** A request that opens no WebSocket: it is turned away or, with 200, it did not ask for one. */
export interface RefusedRequest {
  /** The HTTP status. */
  status: number;
  /** Why, in one clause. */
  reason: string;
  /** The whole answer. When it is sent, TCP is to be closed. */
  bytes: Uint8Array;
}

/** What else decides how such an answer looks. */
export interface RefusalOptions {
  /** The time of day, for the field Date; null, the default, where there is no clock. */
  date?: Date | null;
  /** The request was HEAD: the fields tell of a body that is not sent. Default no. */
  isHead?: boolean;
}

const REASON_PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  405: 'Method Not Allowed',
  426: 'Upgrade Required',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
  505: 'HTTP Version Not Supported',
};

/** What a status has to be told with (RFC 9110 15.5.6 and 15.5.22, RFC 6455 4.4). */
const FIELDS: Readonly<Record<number, readonly string[]>> = {
  405: ['Allow: GET, HEAD'],
  426: ['Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
};

/**
 * Makes the answer to a request that opens no WebSocket.
 *
 * @param status 200, 400, 403, 405, 426, 431, 503 or 505
 * @param reason one clause for whoever reads the body
 * @see RFC 6455 4.2.2: "an appropriate HTTP error code"
 */
export function refuse(
  status: number,
  reason: string,
  { date = null, isHead = false }: RefusalOptions = {},
): RefusedRequest {
  const more = status === 200 || status === 426 ? ` ${refusal('how-to-connect')}` : '';
  // an option at its end is to be pasted, and a full stop would be with it
  const stop = /--[\w-]+ \S+$/.test(reason) ? '' : '.';
  const body = toUtf8(`${reason}${stop}${more}\n`);
  const head = headBytes([
    `HTTP/1.1 ${status} ${REASON_PHRASES[status] ?? 'Refused'}`,
    // RFC 9110 6.6.1: "an origin server with a clock MUST generate a Date header field"
    ...(date === null ? [] : [`Date: ${date.toUTCString()}`]),
    ...(FIELDS[status] ?? []),
    `Connection: ${status === 426 ? 'Upgrade, close' : 'close'}`,
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff', // the reason may repeat what the peer wrote: it is no page
    `Content-Length: ${body.length}`,
  ]);
  // RFC 9110 9.3.2: to HEAD "the server MUST NOT send content"
  return { status, reason, bytes: isHead ? head : joinBytes([head, body]) };
}

/** Fields by which a proxy shows itself. */
const PROXY_FIELDS = ['Via', 'Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP'];

/** A reason that a proxy may have made, and did for certain where it shows itself. @internal */
export function proxyReason(
  headers: ReadonlyMap<string, string>,
  text: 'upgrade-lost' | 'http-1.0' | 'connection-lost' | 'with-hint',
  values: Values = {},
): string {
  const field = PROXY_FIELDS.find((name) => headers.has(name.toLowerCase()));
  if (field === undefined) return refusal(text, values);
  return refusal(`${text}.proxy`, { ...values, field });
}
