/**
 * The request of a client of the partly mended mirror: refused, waited for, or turned into what the mirror is to read.
 * @module
 */

import { toUtf8 } from '../bytes.js';
import { ServerHandshake } from '../websocket/handshake.js';
import { refusal } from '../websocket/reason.js';
import { refuse } from '../websocket/refusal.js';
import { type Mends, SHORTEST } from './mended-facts.js';

/** What comes of it: the rest is waited for, or it is answered here, or the mirror reads it. */
export type MendedRequest =
  | 'not-whole'
  | { refusal: Uint8Array }
  /** What the mirror reads, and what came behind the request. */
  | { piece: Uint8Array; behind: Uint8Array };

/** A request in which the mirror finds no key. */
const NO_KEY = toUtf8(' '.repeat(18));

/** Takes all that has come of a request. */
export function mendRequest(data: Uint8Array, mends: Mends): MendedRequest {
  const end = endOfHead(data);
  if (mends.has('D09') && end === -1 && !isRefusedAlready(data, mends)) return 'not-whole';
  const isCut = mends.has('D10') && end !== -1;
  const request = isCut ? data.subarray(0, end) : data;
  const answer = mends.has('D08') ? refusalOf(request) : null;
  if (answer !== null) return { refusal: answer };
  let piece = mends.has('D25') ? withFoundKey(request) : request;
  if (mends.has('D01') && piece.length < SHORTEST) piece = NO_KEY;
  return { piece, behind: isCut ? data.subarray(end) : new Uint8Array(0) };
}

/** What can never become a request that is agreed to need not come to its end. */
function isRefusedAlready(data: Uint8Array, mends: Mends): boolean {
  return mends.has('D08') && new ServerHandshake().feed(data) !== null;
}

/** The offset behind the empty line; -1 where there is none. */
function endOfHead(bytes: Uint8Array): number {
  const at = latin1(bytes).indexOf('\r\n\r\n');
  return at === -1 ? -1 : at + 4;
}

/** The answer to a request that opens no WebSocket; null where it opens one. */
function refusalOf(request: Uint8Array): Uint8Array | null {
  const answer = new ServerHandshake().feed(request);
  if (answer === null) return refuse(400, refusal('not-whole')).bytes;
  return 'key' in answer ? null : answer.bytes;
}

/** The request with the name of the key spelt as the mirror looks for it, or one without a key. */
function withFoundKey(request: Uint8Array): Uint8Array {
  const text = latin1(request);
  const found = text.replace(/(^|\n)sec-websocket-key:/i, '$1Sec-WebSocket-Key:');
  if (!found.includes('Sec-WebSocket-Key:')) return NO_KEY;
  return Uint8Array.from(found, (character) => character.charCodeAt(0));
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
