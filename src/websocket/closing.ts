/**
 * The close codes of RFC 6455 section 7.4, and the payload of a Close frame (5.5.1).
 * @module
 */

import type { Problem } from './problem.js';
import { Utf8Checker } from './utf8.js';

/** The close codes that this package sends, by name. */
export const CloseCode = {
  /** The work is done. */
  normal: 1000,
  /** The server stops, or the page is left. */
  goingAway: 1001,
  /** The peer broke the protocol. */
  protocolError: 1002,
  /** A type of data that cannot be taken. */
  unsupportedData: 1003,
  /** Never sent: the Close frame was empty. */
  noStatus: 1005,
  /** Never sent: there was no Close frame. */
  abnormal: 1006,
  /** Text that is no UTF-8. */
  invalidPayload: 1007,
  /** A rule of the server’s own was broken. */
  policyViolation: 1008,
  /** A message over the limit. */
  messageTooBig: 1009,
  /** The server failed. */
  internalError: 1011,
} as const;

const NAMES: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1004: 'reserved',
  1005: 'no status received',
  1006: 'abnormal closure',
  1007: 'invalid frame payload data',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'mandatory extension',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
  1015: 'TLS handshake failed',
};

/** What a Close frame says. An empty one says nothing: code 1005, which never goes over the wire. */
export interface Close {
  /** The status, 1000 for a normal end; 1006 where no Close frame ended the connection. */
  code: number;
  /** A text for people, perhaps empty. */
  reason: string;
}

/** A close code's name in the registry of RFC 6455 11.7, or the range that it lies in. */
export function closeCodeName(code: number): string {
  const name = NAMES[code];
  if (name !== undefined) return name;
  if (code >= 3000 && code <= 3999) return 'registered for a library or framework';
  if (code >= 4000 && code <= 4999) return 'private use';
  return 'not defined';
}

/** Tells whether a code may stand in a Close frame (RFC 6455 7.4: 1004, 1005, 1006 and 1015 may not). */
export function isCloseCodeOnWire(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006;
}

/**
 * Says what is wrong with the payload of a Close frame.
 *
 * @param payload 0 to 125 bytes, unmasked
 * @returns null when nothing is
 * @see RFC 6455 5.5.1, 7.4, 8.1
 */
export function closeProblem(payload: Uint8Array): Problem | null {
  if (payload.length === 0) return null;
  const code = codeOf(payload);
  if (code === null) {
    // 5.5.1: "the first two bytes of the body MUST be a 2-byte unsigned integer"
    const message = 'a Close payload of 1 byte, too short for a code';
    return { code: 'bad-close-code', closeCode: 1002, section: '5.5.1', message };
  }
  if (!isCloseCodeOnWire(code)) {
    const message = `close code ${code} (${closeCodeName(code)}) may not stand in a Close frame`;
    return { code: 'bad-close-code', closeCode: 1002, section: '7.4', message };
  }
  const checker = new Utf8Checker();
  const bad = checker.push(payload.subarray(2));
  return bad < 0 && checker.complete ? null : utf8Problem(bad, checker, 'the close reason');
}

/** The finding for text that is no UTF-8: `bad` as `Utf8Checker.push` gave it, -1 when the text was cut off. */
export function utf8Problem(bad: number, checker: Utf8Checker, what: string): Problem {
  // 8.1: "that endpoint MUST _Fail the WebSocket Connection_"
  const message =
    bad < 0
      ? `${what} ends within a UTF-8 character, at byte ${checker.position}`
      : `${what} is not UTF-8 at byte ${bad}`;
  return { code: 'bad-utf8', closeCode: 1007, section: '8.1', message };
}

/** A byte order mark is a character like any other: `ignoreBOM` keeps it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Reads the payload of a Close frame in which `closeProblem` finds nothing. */
export function decodeClose(payload: Uint8Array): Close {
  const code = codeOf(payload) ?? CloseCode.noStatus;
  return { code, reason: decoder.decode(payload.subarray(2)) };
}

/**
 * Makes the payload of a Close frame.
 *
 * @param code one that may go over the wire; 1005 makes an empty payload
 * @param reason cut to 123 bytes of UTF-8, between two characters
 * @throws RangeError for a code that may not stand in a Close frame
 */
export function encodeClose(code: number, reason = ''): Uint8Array {
  if (code === CloseCode.noStatus) return new Uint8Array(0);
  if (!isCloseCodeOnWire(code)) {
    throw new RangeError(
      `close code ${code} (${closeCodeName(code)}) may not stand in a Close frame`,
    );
  }
  const payload = new Uint8Array(125);
  payload[0] = code >>> 8;
  payload[1] = code;
  const { written } = new TextEncoder().encodeInto(reason, payload.subarray(2));
  return payload.slice(0, 2 + written);
}

function codeOf(payload: Uint8Array): number | null {
  const [high, low] = payload;
  return high === undefined || low === undefined ? null : (high << 8) | low;
}
