/**
 * Bytes as people copy them: hex in the spacing of xxd, hexdump, Wireshark or a source text, and
 * base64.
 * @module
 */

import { fromHex } from '../bytes.js';

/** An offset in front of a line of a dump: `00000010: `, `0010   ` and `00000010  `. */
const OFFSET = /^\s*(?:0x)?([0-9a-f]{4,16})(?::\s+|\s{2,}|$)/i;
/** Up to 16 bytes, in groups of any size, with one or two spaces between them; then the letters. */
const DUMPED = /^(?:[0-9a-f]{2}){1,16}(?![0-9a-f])(?:\s{1,2}(?:[0-9a-f]{2}){1,16}(?![0-9a-f]))*/i;

/**
 * Reads hex with any usual spacing.
 *
 * @returns null for what is no hex
 */
export function readHex(text: string): Uint8Array | null {
  return readDump(text) ?? readPlain(text);
}

/**
 * Reads base64, also that of URLs, with any spaces and line ends in it.
 *
 * @returns null for what is none
 */
export function readBase64(text: string): Uint8Array | null {
  const joined = text.replace(/\s/g, '').replaceAll('-', '+').replaceAll('_', '/');
  const bare = joined.replace(/={1,2}$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1) return null;
  if (joined !== bare && joined.length % 4 !== 0) return null;
  return Uint8Array.from(atob(bare), (character) => character.charCodeAt(0));
}

/** Lines with offsets, each of which says how many bytes stand in front of it. */
function readDump(text: string): Uint8Array | null {
  let hex = '';
  let isDump = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const offset = OFFSET.exec(line);
    if (offset === null || Number.parseInt(offset[1] ?? '', 16) * 2 !== hex.length) return null;
    const behind = line.slice(offset[0].length);
    hex += dumpedHex(behind);
    if (behind !== '') isDump = true;
  }
  return isDump ? fromHex(hex) : null;
}

function dumpedHex(line: string): string {
  const hex = (DUMPED.exec(line)?.[0] ?? '').replace(/\s/g, '');
  return hex.slice(0, 32); // what looks like hex behind 16 bytes is letters
}

/** Digits with anything between the bytes that a source text or a copy may have. */
function readPlain(text: string): Uint8Array | null {
  const digits = text
    .replace(/(?:0|\\)x([0-9a-f])(?![0-9a-f])/gi, '0$1')
    .replace(/(?:0|\\)x/gi, '')
    .replace(/[\s,;:{}[\]"'\\-]/g, '');
  return fromHex(digits);
}
