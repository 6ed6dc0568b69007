/**
 * What a client is told when it is made: its options, its limits, and where it connects to.
 * @module
 */

import { failing } from '../texts/errors.js';
import { withoutSecrets } from '../texts/secrets.js';
import type { Close } from '../websocket/closing.js';
import type { Compression } from '../websocket/deflate.js';
import type { Message } from '../websocket/message.js';

/** What a client does when something happens, what it asks for, and what it takes at most. */
export interface ClientOptions {
  /** The handshake is done; messages may be sent. */
  onopen?(): void;
  /** A whole message came. */
  onmessage?(message: Message): void;
  /** A pong came, the answer to a ping or not; with what it carried. */
  onpong?(payload: Uint8Array): void;
  /** Something went wrong; `onclose` follows. */
  onerror?(reason: string): void;
  /** The connection is over; 1006 when no Close frame ended it. Called once. */
  onclose?(close: Close): void;
  /** Fills the array with bytes that nobody can foretell (RFC 6455 5.3, 10.3). Default: the Web's own. */
  random?(bytes: Uint8Array<ArrayBuffer>): void;
  /**
   * Subprotocols, the one most liked first. As for a page, the connection fails when the server
   * chooses none of them. Default: none is asked for.
   */
  protocols?: readonly string[];
  /** Further fields of the request by name: `{ Authorization: 'Bearer ...' }`. */
  headers?: Readonly<Record<string, string>>;
  /** The Origin field, which pages send; a server may refuse what it says. Default: none is sent. */
  origin?: string;
  /** Offers permessage-deflate, and compresses when the server agrees. Default: not offered. */
  deflate?: Compression | null;
  /** Milliseconds for the handshake, and for the server to answer our Close. Default 10,000. */
  timeoutMs?: number;
  /** The longest head of an answer, in bytes; over it the connection fails. Default 16 KiB. */
  maxHandshakeLength?: number;
  /** The longest message taken, in bytes; over it the connection fails with 1009. Default 1 MiB. */
  maxMessageLength?: number;
  /** The most frames of one message; over it the connection fails with 1008. Default 65,536. */
  maxFragments?: number;
  /**
   * Bytes that may wait for a server that does not read; what is sent beyond is not taken. Pongs are
   * beside it: while one waits so, only the latest ping is answered. Default 64 MiB.
   */
  maxOutbox?: number;
}

/** The limits of a client. */
export type ClientLimits = Required<
  Pick<
    ClientOptions,
    'timeoutMs' | 'maxHandshakeLength' | 'maxMessageLength' | 'maxFragments' | 'maxOutbox'
  >
>;

/** Fills in the defaults. @throws RangeError for a limit that is no number from 0 */
export function clientLimitsOf(options: ClientOptions): ClientLimits {
  const limits = {
    timeoutMs: options.timeoutMs ?? 10_000,
    maxHandshakeLength: options.maxHandshakeLength ?? 16_384,
    maxMessageLength: options.maxMessageLength ?? 1 << 20,
    maxFragments: options.maxFragments ?? 65_536,
    maxOutbox: options.maxOutbox ?? 64 << 20,
  };
  for (const [name, value] of Object.entries(limits)) {
    if (value >= 0) continue;
    throw failing(RangeError, 'limit.number', { name, value });
  }
  return limits;
}

/**
 * Reads the URL of a WebSocket.
 *
 * @throws TypeError for what RFC 6455 3 does not know: another scheme, a fragment, a user
 */
export function parseWebSocketUrl(url: string): URL {
  const shown = withoutSecrets(url);
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw failing(TypeError, 'url.none', { url: shown });
  }
  if (parsed.protocol !== 'ws:') {
    throw failing(TypeError, 'url.scheme', { url: shown, scheme: parsed.protocol });
  }
  // "Fragment identifiers are meaningless in the context of WebSocket URIs and MUST NOT be used"
  if (url.includes('#')) {
    throw failing(TypeError, 'url.fragment', { url: shown });
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw failing(TypeError, 'url.user', { url: shown });
  }
  return parsed;
}
