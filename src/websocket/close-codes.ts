/**
 * The close codes of RFC 6455 section 7.4, and their names.
 * @module
 */

import type { Language } from '../texts/language.js';
import { closeCodes } from '../texts/problems.en.js';
import { closeCodes as closeCodesZh } from '../texts/problems.zh.js';
import { speakers } from '../texts/say.js';

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

const sayIn = speakers({ en: closeCodes, zh: closeCodesZh });

/** A close code's name in the registry of RFC 6455 11.7, or the range that it lies in, in English. */
export function closeCodeName(code: number): string {
  return describeCloseCode(code);
}

/** The same in any language. */
export function describeCloseCode(code: number, language?: Language): string {
  const say = sayIn(language);
  const key = `close.${code}`;
  if (isNamed(key)) return say(key);
  if (code >= 3000 && code <= 3999) return say('close.registered');
  return say(code >= 4000 && code <= 4999 ? 'close.private' : 'close.undefined');
}

function isNamed(key: string): key is keyof typeof closeCodes {
  return Object.hasOwn(closeCodes, key);
}
