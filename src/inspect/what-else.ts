/**
 * What a connection is that is not of WebSocket, as far as its first bytes say: so that whoever looks for
 * one knows why there is none.
 * @module
 */

import { fromUtf8Lossy } from '../bytes.js';
import { printable } from '../trace/text.js';
import { handshakeAt } from './handshake.js';
import { Cut, Reading } from './reading.js';

/** What it is. */
export interface Else {
  /** `begun`: the capture begins in the middle of it. `others`: nothing that has a name here. */
  readonly kind: 'tls' | 'http2' | 'plain' | 'begun' | 'others';
  /** The name of the server that the client asked TLS for. */
  readonly server: string | null;
}

/** A direction. */
interface Side {
  readonly bytes: Uint8Array;
  readonly isFromStart: boolean;
}

/** RFC 9113 3.4 */
const HTTP2 = 'PRI * HTTP/2.0\r\n';

/** Says what a connection is. */
export function whatElse(client: Side, server: Side): Else {
  const sides = [client, server];
  if (sides.some(({ bytes }) => isTls(bytes))) {
    return { kind: 'tls', server: serverName(client.bytes) };
  }
  if (startsWith(client.bytes, HTTP2)) return { kind: 'http2', server: null };
  if (sides.some(({ bytes }) => handshakeAt(bytes, 0) !== null)) {
    return { kind: 'plain', server: null };
  }
  const isBegun = sides.some(({ bytes, isFromStart }) => bytes.length > 0 && !isFromStart);
  return { kind: isBegun ? 'begun' : 'others', server: null };
}

/** Whether it begins with a record of TLS (RFC 8446 5.1): its type, version 3 and a length below 2^14 + 256. */
function isTls(bytes: Uint8Array): boolean {
  const [type = 0, major, minor = 9, high = 255] = bytes;
  return type >= 20 && type <= 23 && major === 3 && minor <= 4 && high <= 65;
}

/** The name in a ClientHello's `server_name` (RFC 6066 3); null where it is not here. */
function serverName(bytes: Uint8Array): string | null {
  try {
    return readServerName(new Reading(bytes.subarray(0, 16_384)));
  } catch (error) {
    if (error instanceof Cut) return null;
    throw error;
  }
}

function readServerName(hello: Reading): string | null {
  if (hello.u8(0) !== 22 || hello.u8(5) !== 1) return null; // a handshake, its ClientHello
  let at = 43; // behind the header of the record, that of the message, a version and the random bytes
  at += 1 + hello.u8(at); // the session
  at += 2 + hello.u16(at); // cipher suites
  at += 1 + hello.u8(at); // ways to compress
  const end = at + 2 + hello.u16(at);
  for (at += 2; at + 4 <= end; at += 4 + hello.u16(at + 2)) {
    if (hello.u16(at) !== 0) continue;
    const length = hello.u16(at + 7);
    hello.u8(at + 9 + length - 1); // all of it is there
    return printable(fromUtf8Lossy(hello.bytes.subarray(at + 9, at + 9 + length)));
  }
  return null;
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}
