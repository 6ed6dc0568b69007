/**
 * What HTTP/1.1 asks of any request before WebSocket is spoken of: its first line, its target and
 * its Host (RFC 9112 3).
 * @module
 */

import { type Head, HttpError, shown, TOKEN } from './http.js';
import { refusal } from './reason.js';

/** A request that HTTP has nothing to say against. */
export interface Request {
  /** `GET` or `HEAD`. */
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** 0 for HTTP/1.0, from 1 for what can upgrade. */
  readonly minor: number;
  /** The fields, by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * A path and perhaps a query. RFC 3986 names fewer characters than browsers send as they are
 * (`[`, `]`, `|` and more): what no browser sends is refused, a fragment among it.
 */
const ORIGIN_FORM = /^\/[!$-;=?-~]*$/;
/** RFC 9112 3.2.2: "a server MUST accept the absolute-form in requests" */
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)([/?].*)?$/i;

/** RFC 3986 3.2.2 with a port: a name, four numbers, or an address in brackets. */
const HOST =
  /^(?:(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})+|\[(?:[\da-f:.]+|v[\da-f]+\.[\w.~!$&'()*+,;=:-]+)\])(?::\d*)?$/i;

/**
 * Reads what HTTP says of a request.
 *
 * @throws HttpError 400 for what is no request, 405 for another method, 505 for another HTTP
 */
export function readRequest({ startLine, headers, repeated }: Head): Request {
  // RFC 9112 3: a token, a target and the version, with one space between
  const line = /^([^ ]+) ([^ ]+) HTTP\/(\d)\.(\d)$/.exec(startLine);
  const [, method = '', written = '', major, minor] = line ?? [];
  if (!TOKEN.test(method)) throw new HttpError(400, refusal('no-request'));
  if (major !== '1') {
    throw new HttpError(505, refusal('other-http', { major: major ?? '', minor: minor ?? '' }));
  }
  if (method !== 'GET' && method !== 'HEAD') {
    throw new HttpError(405, refusal('method', { method: shown(method) }));
  }
  const [, authority, path] = ABSOLUTE_FORM.exec(written) ?? [];
  const target = authority === undefined ? written : (path?.replace(/^\?/, '/?') ?? '/');
  if (!ORIGIN_FORM.test(target)) {
    throw new HttpError(400, refusal('target', { target: shown(written) }));
  }
  // 3.2: 400 for "any HTTP/1.1 request message that lacks a Host header field", for more than one,
  // and for "an invalid field value"; HTTP/1.0 may lack it
  const host = headers.get('host');
  if (repeated.has('host') || (!host && minor !== '0')) {
    throw new HttpError(400, refusal('one-host'));
  }
  for (const one of [host, authority]) {
    if (one === undefined || isHost(one)) continue;
    throw new HttpError(400, refusal('host', { host: shown(one) }));
  }
  // 3.2.2: who gets the absolute-form "MUST ignore the received Host header field"
  const fields = authority === undefined ? headers : new Map([...headers, ['host', authority]]);
  return { method, target, minor: Number(minor), headers: fields };
}

/** Whether a text is a path and perhaps a query, as it may stand in a request line. @internal */
export function isTarget(text: string): boolean {
  return ORIGIN_FORM.test(text);
}

/** Whether a text is what a Host field holds: a name or an address, and perhaps a port. @internal */
export function isHost(text: string): boolean {
  if (!HOST.test(text)) return false;
  if (!/^\[[^v]/i.test(text)) return true;
  try {
    return new URL(`http://${text.replace(/:\d*$/, '')}`).hostname !== '';
  } catch {
    return false; // an IPv6 address with too many or too few numbers
  }
}
