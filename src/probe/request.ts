/**
 * The opening request of a probe, right or as a rule wants it, and what is to be said of the answer.
 * @module
 */

import { readDeflateAnswer } from '../websocket/deflate-offer.js';
import { acceptKey } from '../websocket/handshake.js';
import { type Head, hasToken, listOf, shown } from '../websocket/http.js';
import { statusOf } from './came.js';
import type { Draft } from './rule.js';

/** Where the requests go. */
export interface Target {
  /** For connecting. */
  host: string;
  /** For connecting. */
  port: number;
  /** Path and query. */
  path: string;
  /** Lines that every request has beside its own: Origin, Authorization. */
  fields: readonly string[];
}

/** The key of the example of RFC 6455 1.3. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** The bytes of a request. */
export function requestBytes(target: Target, draft: Draft = {}): Uint8Array {
  const name = target.host.includes(':') ? `[${target.host}]` : target.host;
  const host = target.port === 80 ? name : `${name}:${target.port}`;
  const { line = 'GET {target} HTTP/1.1', without = [], more = [], offer } = draft;
  const fields = [
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${KEY}`,
    'Sec-WebSocket-Version: 13',
    ...target.fields,
  ].filter((field) => !without.some((name) => field.startsWith(`${name}:`)));
  const lines = [
    line.replace('{target}', target.path).replace('{host}', host),
    ...fields,
    ...(offer === undefined ? [] : [`Sec-WebSocket-Extensions: ${offer}`]),
    ...more,
  ];
  const text = draft.write?.(lines) ?? `${lines.join('\r\n')}\r\n\r\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** What is wrong with an answer that says 101, by code; null for nothing. */
export type AnswerProblem =
  | { code: 'no-upgrade' | 'no-connection' | 'body' }
  | { code: 'accept-wrong'; values: { accept: string; expected: string } }
  | { code: 'subprotocol-unasked'; values: { protocol: string } }
  | { code: 'extension-unasked'; values: { extension: string } };

/**
 * Looks at the answer to a request as a client has to (RFC 6455 4.1).
 *
 * @param request the bytes that were sent: what was asked for is read from them
 */
export function answerProblem({ headers }: Head, request: Uint8Array): AnswerProblem | null {
  if (headers.get('upgrade')?.toLowerCase() !== 'websocket') return { code: 'no-upgrade' };
  if (!hasToken(headers.get('connection'), 'upgrade')) return { code: 'no-connection' };
  const expected = acceptKey(asked(request, 'sec-websocket-key') ?? '');
  const accept = headers.get('sec-websocket-accept') ?? '';
  if (accept !== expected) {
    return { code: 'accept-wrong', values: { accept: shown(accept), expected } };
  }
  // RFC 9110 8.6, RFC 9112 6.1: neither may stand in an answer with 1xx
  if (headers.has('content-length') || headers.has('transfer-encoding')) return { code: 'body' };
  const protocol = headers.get('sec-websocket-protocol');
  if (
    protocol !== undefined &&
    !listOf(asked(request, 'sec-websocket-protocol') ?? '').includes(protocol)
  ) {
    return { code: 'subprotocol-unasked', values: { protocol: shown(protocol) } };
  }
  const extension = headers.get('sec-websocket-extensions');
  const offer = asked(request, 'sec-websocket-extensions') ?? '';
  if (extension !== undefined && !(offer.includes(DEFLATE) && isDeflate(extension))) {
    return { code: 'extension-unasked', values: { extension: shown(extension) } };
  }
  return null;
}

const DEFLATE = 'permessage-deflate';

function isDeflate(extension: string): boolean {
  return extension.split(/[;,]/)[0]?.trim().toLowerCase() === DEFLATE;
}

/** The value of a field of a request, whatever its spelling. */
function asked(request: Uint8Array, name: string): string | null {
  const text = Array.from(request, (byte) => String.fromCharCode(byte)).join('');
  return new RegExp(`^${name}:[ \t]*(.*?)[ \t]*\r$`, 'im').exec(text)?.[1] ?? null;
}

/** What a server has made of an offer of permessage-deflate. */
export function deflateOf(head: Head): ReturnType<typeof readDeflateAnswer> | null {
  const field = head.headers.get('sec-websocket-extensions');
  if (statusOf(head) !== 101 || field === undefined) return null;
  return readDeflateAnswer(field);
}
