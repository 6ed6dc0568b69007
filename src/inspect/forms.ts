/**
 * The forms in which people have bytes as text: one table, for the terminal and the page. A text in no
 * form of it is not taken for bytes.
 * @module
 */

import { fromHex, fromUtf8, toUtf8 } from '../bytes.js';
import { looksDumped, readBitDump, readHexDump, readLetterDump, readWordDump } from './dumps.js';
import {
  type NamedBytes,
  readEscaped,
  readJsonBuffer,
  readNodeBuffer,
  readNumbers,
  readPython,
} from './literals.js';

/** The name of a form. */
export type FormName =
  | 'http'
  | 'node'
  | 'json'
  | 'python'
  | 'bits'
  | 'words'
  | 'dump'
  | 'letters'
  | 'escapes'
  | 'numbers'
  | 'hex'
  | 'base64';

/** A text that was read. */
export interface FormRead {
  /** The form that was taken. */
  readonly form: FormName;
  /** The bytes; of a conversation's two directions, each. */
  readonly parts: readonly NamedBytes[];
}

/** In the order in which they are tried: the one that can least be meant otherwise first. */
const FORMS: readonly (readonly [FormName, (text: string) => NamedBytes[] | null])[] = [
  ['http', ofBytes(readHead)],
  ['node', readNodeBuffer],
  ['json', readJsonBuffer],
  ['python', readPython],
  ['bits', ofBytes(readBitDump)],
  ['words', ofBytes(readWordDump)],
  ['dump', ofBytes(readHexDump)],
  ['letters', ofBytes(readLetterDump)],
  ['escapes', readEscaped],
  ['numbers', readNumbers],
  ['hex', ofBytes(readPlainHex)],
  ['base64', ofBytes(readLikelyBase64)],
];

/** Forms that `--hex` takes: what is written with digits. */
const OF_DIGITS: readonly FormName[] = [
  'hex',
  'dump',
  'bits',
  'words',
  'numbers',
  'escapes',
  'node',
];

/**
 * Reads bytes that stand as text, in whichever of the known forms it is.
 *
 * @returns null for a text in no known form
 */
export function readForm(text: string): FormRead | null {
  for (const [form, read] of FORMS) {
    const parts = read(text);
    if (parts !== null) return { form, parts };
  }
  return null;
}

/**
 * Reads hex with any usual spacing, and dumps and lists of it.
 *
 * @returns null for what is no hex
 */
export function readHex(text: string): Uint8Array | null {
  if (text === '') return new Uint8Array(0);
  const read = readForm(text);
  const [only, ...others] = read?.parts ?? [];
  if (read === null || only === undefined || others.length > 0) return null;
  return OF_DIGITS.includes(read.form) && only.missing === 0 ? only.bytes : null;
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

/**
 * The text that a file holds: UTF-8 or UTF-16, with a byte order mark or without.
 *
 * @returns null where its bytes are no text
 */
export function textIn(file: Uint8Array): string | null {
  const text = decoded(file);
  return text === null || HIDDEN.test(text) ? null : text;
}

/** What no text has: the controls, but for tabulators and ends of lines. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HIDDEN = /[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]/;

function decoded(file: Uint8Array): string | null {
  const [first, second, third] = file;
  if (first === 0xff && second === 0xfe) return utf16(file.subarray(2), 'utf-16le');
  if (first === 0xfe && second === 0xff) return utf16(file.subarray(2), 'utf-16be');
  if (first === 0xef && second === 0xbb && third === 0xbf) return fromUtf8(file.subarray(3));
  const head = file.subarray(0, 64);
  const isZero = (rest: number): boolean =>
    head.length >= 4 && head.every((byte, i) => (i % 2 === rest ? byte === 0 : byte !== 0));
  if (isZero(1)) return utf16(file, 'utf-16le');
  if (isZero(0)) return utf16(file, 'utf-16be');
  return fromUtf8(file);
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function ofBytes(read: (text: string) => Uint8Array | null) {
  return (text: string): NamedBytes[] | null => {
    const bytes = read(text);
    return bytes === null ? null : [{ name: '', bytes, missing: 0 }];
  };
}

/** A pasted head has lost its carriage returns; one that has any is left as it is. */
function readHead(text: string): Uint8Array | null {
  if (!/^\s*(?:HTTP\/\d|(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|CONNECT|TRACE) )/.test(text)) {
    return null;
  }
  if (/^[^\n]*\\r\\n/.test(text)) return null; // it is a string with escapes
  return toUtf8(text.includes('\r') ? text : text.replaceAll('\n', '\r\n'));
}

/** Digits with anything between the bytes that a source text or a copy may have. */
function readPlainHex(text: string): Uint8Array | null {
  if (looksDumped(text)) return null; // whose offsets do not fit
  const digits = text
    .trim()
    .replace(/(?:0|\\)x([0-9a-f])(?![0-9a-f])/gi, '0$1')
    .replace(/(?:0|\\)x/gi, '');
  if (!/^[0-9a-f\s,;:{}[\]"'\\-]+$/i.test(digits)) return null;
  // a line may break within a byte, but otherwise what stands apart is whole bytes
  if (
    /[^0-9a-f\r\n]/i.test(digits) &&
    digits.split(/[^0-9a-f]+/i).some((d) => d.length % 2 !== 0)
  ) {
    return null;
  }
  const bare = digits.replace(/[\s,;:{}[\]"'\\-]/g, '');
  return bare === '' ? null : fromHex(bare);
}

/** Base64 that is not as likely to be words: in lines of one length, and not like a word. */
function readLikelyBase64(text: string): Uint8Array | null {
  const bare = text.trim().replace(/^data:[^,\s]*;base64,/, '');
  const lines = bare.split('\n').map((line) => line.trim());
  const isEven = lines.slice(0, -1).every(({ length }) => length === lines[0]?.length);
  if (bare === '' || !isEven || lines.some((line) => /\s/.test(line))) return null;
  return /^[A-Z]?(?:[a-z]+|[A-Z]+)$/.test(bare) ? null : readBase64(bare);
}
