/**
 * The payload of a Close frame, RFC 6455 section 5.5.1, and which codes it may hold.
 * @module
 */

import { fromUtf8Lossy } from '../bytes.js';
import { failing } from '../texts/errors.js';
import { CloseCode, closeCodeName } from './close-codes.js';
import { type Problem, problemOf } from './problem.js';
import { Utf8Checker } from './utf8.js';

export * from './close-codes.js';

/** What a Close frame says. An empty one says nothing: code 1005, which never goes over the wire. */
export interface Close {
  /** The status, 1000 for a normal end; 1006 where no Close frame ended the connection. */
  code: number;
  /** A text for people, perhaps empty. */
  reason: string;
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
    return badCloseCode('bad-close-code.cut', '5.5.1');
  }
  if (!isCloseCodeOnWire(code)) return badCloseCode('bad-close-code', '7.4', { closeCode: code });
  const checker = new Utf8Checker();
  const bad = checker.push(payload.subarray(2));
  return bad < 0 && checker.complete ? null : utf8Problem(bad, checker, 'reason');
}

function badCloseCode(
  text: 'bad-close-code' | 'bad-close-code.cut',
  section: string,
  values: Problem['values'] = {},
): Problem {
  return problemOf({ code: 'bad-close-code', closeCode: 1002, section, values, text });
}

/**
 * The finding for text that is no UTF-8.
 *
 * @param bad as `Utf8Checker.push` gave it; -1 when the text was cut off
 * @param what the text of a message, that of an inflated one, or the reason of a Close
 */
export function utf8Problem(
  bad: number,
  checker: Pick<Utf8Checker, 'position'>,
  what: 'text' | 'inflated' | 'reason',
): Problem {
  // 8.1: "that endpoint MUST _Fail the WebSocket Connection_"
  const text = bad < 0 ? (`bad-utf8.${what}.cut` as const) : (`bad-utf8.${what}` as const);
  const values = { at: bad < 0 ? checker.position : bad };
  return problemOf({ code: 'bad-utf8', closeCode: 1007, section: '8.1', values, text });
}

/** Reads the payload of a Close frame in which `closeProblem` finds nothing. */
export function decodeClose(payload: Uint8Array): Close {
  const code = codeOf(payload) ?? CloseCode.noStatus;
  return { code, reason: fromUtf8Lossy(payload.subarray(2)) };
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
    throw failing(RangeError, 'websocket.close-code', { code, name: closeCodeName(code) });
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
