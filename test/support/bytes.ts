/**
 * Bytes as a test writes them.
 * @module
 */

import { fromHex } from '../../src/bytes.js';

/** Reads hex, with spaces where they help the reader: `hex('81 05 48656c6c6f')`. */
export function hex(text: string): Uint8Array {
  const bytes = fromHex(text.replace(/\s/g, ''));
  if (bytes === null) throw new Error(`no hex: ${text}`);
  return bytes;
}

/** A text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** So many bytes with different neighbours, so that one that is lost or moved is noticed. */
export function someBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + (i >>> 8)) & 0xff);
}
