/**
 * Bytes as source texts and logs have them: lists of numbers, strings with escapes, what Node and
 * Python print of a buffer.
 * @module
 */

import { fromHex, joinBytes, toUtf8 } from '../bytes.js';

/** Bytes that were read, with the name that the text gives them. */
export interface NamedBytes {
  /** '' where it gives none. */
  readonly name: string;
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** How many more there were, which whoever printed them left out. */
  readonly missing: number;
}

/** What Node prints: `<Buffer 81 05 …>`, cut behind 50 bytes. */
export function readNodeBuffer(text: string): NamedBytes[] | null {
  const found = /^<(?:Slow)?Buffer((?: [0-9a-f]{2})*)(?: \.\.\. (\d+) more bytes?)?>$/i.exec(
    text.trim(),
  );
  if (found === null) return null;
  const bytes = fromHex((found[1] ?? '').replaceAll(' ', ''));
  return bytes === null ? null : [unnamed(bytes, Number(found[2] ?? 0))];
}

/** A buffer as JSON: `{"type":"Buffer","data":[…]}`. */
export function readJsonBuffer(text: string): NamedBytes[] | null {
  if (!/^\s*\{\s*"/.test(text)) return null;
  try {
    const { type, data } = JSON.parse(text);
    if (type !== 'Buffer' || !Array.isArray(data)) return null;
    const isBytes = data.every((n) => Number.isInteger(n) && n >= 0 && n <= 0xff);
    return isBytes ? [unnamed(Uint8Array.from(data))] : null;
  } catch {
    return null;
  }
}

/** `peer0_3`, as Wireshark calls the arrays of a stream. */
const PEER = /^(peer[01])_\d+$/;

/**
 * Lists of numbers: arrays of C, of `xxd -i` and of Wireshark's Follow Stream, whose two directions
 * come apart; `[129, 5]`, also of Java's signed bytes; and lists without brackets.
 */
export function readNumbers(text: string): NamedBytes[] | null {
  const bare = text
    .replace(/\/\*.{0,200}?\*\//g, ' ')
    .replace(/\/\/.*$/gm, ' ')
    .replaceAll('(byte)', '');
  const [open, close] = bare.includes('{') ? '{}' : '[]';
  if (open === undefined || close === undefined || !bare.includes(open)) {
    const list = bare.includes(',') ? listOf(bare, false) : null;
    return list === null ? null : [list];
  }
  const lists: NamedBytes[] = [];
  const pieces = bare.split(close);
  const around = [pieces.pop() ?? ''];
  for (const piece of pieces) {
    const [before = '', items, ...more] = piece.split(open);
    // the size of an array stands in brackets too
    if (open === '[' && items !== undefined && /^\d*$/.test(items.trim())) continue;
    const list = items === undefined || more.length > 0 ? null : listOf(items, true);
    if (list === null) return null;
    const name = /(\w+)\s*(?:\[\w*\])?\s*=?\s*$/.exec(before.slice(-100))?.[1] ?? '';
    lists.push({ ...list, name });
    around.push(before);
  }
  if (lists.length === 0 || !around.every((one) => /^[\w\s[\]()=;*:.&<>,]*$/.test(one)))
    return null;
  return joined(lists);
}

/** The arrays of each direction as one; of others all together. */
function joined(lists: readonly NamedBytes[]): NamedBytes[] {
  const names = new Set(lists.map(({ name }) => PEER.exec(name)?.[1] ?? ''));
  return [...names].map((name) => {
    const own = lists.filter((list) => (PEER.exec(list.name)?.[1] ?? '') === name);
    const bytes = joinBytes(own.map((list) => list.bytes));
    return { name, bytes, missing: own.at(-1)?.missing ?? 0 };
  });
}

function listOf(text: string, isInBrackets: boolean): NamedBytes | null {
  const items = text.split(',').map((item) => item.trim());
  if (items.at(-1) === '') items.pop();
  const left = /^(?:(\S+)\s+)?\.\.\. (\d+) more items?$/.exec(items.at(-1) ?? '');
  if (left !== null) {
    items.pop();
    if (left[1] !== undefined) items.push(left[1]);
  }
  if (items.length === 0 || items.some((item) => /^0\d$/.test(item))) return null; // two digits: hex
  const isHex = items.every((item) => /^\d\d$/.test(item));
  if (isHex && !isInBrackets) return null;
  const values = items.map(numberIn);
  if (values.includes(null)) return null;
  return unnamed(Uint8Array.from(values as number[]), Number(left?.[2] ?? 0));
}

function numberIn(item: string): number | null {
  if (/^0x[0-9a-f]{1,2}$/i.test(item)) return Number.parseInt(item, 16);
  if (/^'[ -~]'$/.test(item)) return item.charCodeAt(1);
  if (!/^-?\d{1,3}$/.test(item)) return null;
  const value = Number(item);
  return value >= -128 && value <= 0xff ? value & 0xff : null;
}

const ESCAPES =
  /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|([0-7]{1,3})|(\r?\n)|([abefnrtv\\'"`/]))/gi;
const CONTROLS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** What Python prints of bytes, `b'\x81\x04beef'`: what is no escape is a letter. */
export function readPython(text: string): NamedBytes[] | null {
  const inside = /^\s*(?:bytearray\()?([bB]["'][\s\S]*["'])\)?\s*$/.exec(text)?.[1];
  return inside === undefined ? null : readQuoted(inside);
}

/** A string with escapes, in quotes or without: `\x81\x05Hello`. */
export function readEscaped(text: string): NamedBytes[] | null {
  if (!text.includes('\\')) return null;
  const trimmed = text.trim().replace(/;$/, '');
  // a log or a path has backslashes too, but bytes of a WebSocket begin with no letter
  if (!/^(?:[$@]?["'`])?(?:\\(?:x|u|[0-7]{2})|GET |HTTP\/)/.test(trimmed)) return null;
  if (/^[$@]?["'`]/.test(trimmed)) return readQuoted(trimmed);
  // nothing but escapes is hex, and may stand in any spacing
  if (/^(?:\\x[0-9a-f]{1,2}|[\s,])*$/i.test(trimmed) || /[\r\n]/.test(trimmed)) return null;
  const bytes = unescaped(trimmed);
  return bytes === null ? null : [unnamed(bytes)];
}

/** Strings in quotes, with what languages put in front of them and between. */
function readQuoted(text: string): NamedBytes[] | null {
  const pieces: Uint8Array[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = /[^\s\\+.()bBu$@]/.exec(text.slice(at, at + 1_000));
    if (quote === null) break;
    const start = at + quote.index + 1;
    const end = /["'`]/.test(quote[0]) ? closingQuote(text, start, quote[0]) : -1;
    const bytes = end === -1 ? null : unescaped(text.slice(start, end));
    if (bytes === null) return null;
    pieces.push(bytes);
    at = end + 1;
  }
  return [unnamed(joinBytes(pieces))];
}

function closingQuote(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote) return at;
  }
  return -1;
}

/** The bytes of a string; null where a backslash begins no escape. */
function unescaped(text: string): Uint8Array | null {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const found of text.matchAll(ESCAPES)) {
    const between = text.slice(at, found.index);
    if (between.includes('\\')) return null;
    if (between !== '') pieces.push(toUtf8(between));
    pieces.push(escapeBytes(found));
    at = found.index + found[0].length;
  }
  const rest = text.slice(at);
  if (rest.includes('\\')) return null;
  return joinBytes([...pieces, toUtf8(rest)]);
}

function escapeBytes([, hex, unit, point, octal, , sign]: RegExpExecArray): Uint8Array {
  const code = hex ?? unit ?? point;
  const value = code !== undefined ? Number.parseInt(code, 16) : Number.parseInt(octal ?? '', 8);
  if (value <= 0xff) return Uint8Array.of(value);
  if (octal !== undefined) return Uint8Array.of(value & 0xff);
  if (!Number.isNaN(value))
    return toUtf8(value > 0x10ffff ? '\ufffd' : String.fromCodePoint(value));
  return toUtf8(sign === undefined ? '' : (CONTROLS[sign] ?? sign));
}

function unnamed(bytes: Uint8Array, missing = 0): NamedBytes {
  return { name: '', bytes, missing };
}
