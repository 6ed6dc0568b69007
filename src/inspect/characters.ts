/**
 * Text and its characters: which bytes make which character, also where a character begins in one
 * frame and ends in the next.
 * @module
 */

import { fromUtf8Lossy, toHex } from '../bytes.js';
import { Utf8Checker } from '../websocket/utf8.js';
import type { Span } from './inspection.js';
import { isPrintableAscii } from './letters.js';
import type { Meanings } from './meanings.js';

const NOTHING = new Uint8Array(0);

/** What is not shown as it is, beside quotes and backslashes. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const ESCAPED = /["\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text as it may be shown anywhere: in quotes, controls escaped, cut at so many characters. */
export function quoted(text: string, most = 60): string {
  const cut = beginning(text, most);
  const shown = cut === text ? text : `${cut}…`;
  // most texts hide nothing, and JSON escapes their quotes at a third of the time
  return HIDDEN.test(shown) ? `"${shown.replace(ESCAPED, escaped)}"` : JSON.stringify(shown);
}

/** The first characters of a text. */
function beginning(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  let n = 0;
  for (const character of text) {
    if (n++ === most) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** What takes two units of a string. */
const PAIR = /[\u{10000}-\u{10ffff}]/gu;

/** How many characters (code points) a text has. */
export function countCharacters(text: string): number {
  return text.length - (text.match(PAIR)?.length ?? 0);
}

/**
 * The characters of a text, a span each.
 *
 * @param bytes unmasked
 * @param start their offset in the input
 * @param carried the bytes of a character that a frame before began; mostly none
 * @param meanings the language
 */
export function characterSpans(
  bytes: Uint8Array,
  start: number,
  carried: Uint8Array,
  meanings: Meanings,
): Span[] {
  const spans: Span[] = [];
  const checker = new Utf8Checker();
  checker.push(carried);
  let begun = 0;
  const add = (end: number, field: string, meaning: string): void => {
    spans.push({ field, start: start + begun, end: start + end, meaning, section: 'RFC 3629 3' });
    begun = end;
  };
  for (let i = 0; i < bytes.length; i++) {
    if (checker.push(bytes.subarray(i, i + 1)) >= 0) {
      if (begun < i) add(i, 'not-utf-8', meanings.characterMiddle({ length: i - begun }));
      const n = { value: bytes[i] as number, length: bytes.length - i };
      add(bytes.length, 'not-utf-8', meanings.notUtf8(n));
      return spans;
    }
    if (checker.complete) {
      const own = bytes.subarray(begun, i + 1);
      const before = begun === 0 ? carried : new Uint8Array(0);
      add(i + 1, 'character', characterMeaning(own, before, meanings));
    }
  }
  if (begun < bytes.length) {
    const meaning = meanings.characterMiddle({ length: bytes.length - begun });
    add(bytes.length, 'character', meaning);
  }
  return spans;
}

function characterMeaning(own: Uint8Array, before: Uint8Array, meanings: Meanings): string {
  const whole = Uint8Array.of(...before, ...own);
  const character = fromUtf8Lossy(whole);
  const shown = quoted(character);
  if (before.length > 0) {
    return meanings.characterTail({ shown, length: own.length, whole: whole.length });
  }
  const point = character.codePointAt(0) ?? 0;
  const bytes = toHex(whole).replace(/..(?!$)/g, '$& ');
  return meanings.character({ shown, point, bytes, length: whole.length });
}

/** The bytes at the end that begin a character and do not end it, what was carried here included. */
export function unfinished(bytes: Uint8Array, carried: Uint8Array): Uint8Array {
  const last = bytes.at(-1);
  if (last !== undefined && last < 0x80) return NOTHING; // most texts; the rest makes arrays
  const tail = Uint8Array.of(...carried, ...bytes.subarray(-3)).subarray(-3);
  for (let length = 1; length <= tail.length; length++) {
    const from = tail.length - length;
    const first = tail[from] as number;
    if (first < 0x80) break;
    if (first >= 0xc0) {
      const whole = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      return whole > length ? tail.slice(from) : NOTHING;
    }
  }
  return NOTHING;
}

/** What a byte is as a character of ASCII; null for what has no sign. */
export function signOf(value: number): string | null {
  return isPrintableAscii(value) ? quoted(String.fromCharCode(value)) : null;
}
