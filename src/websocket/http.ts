/**
 * The little of HTTP/1.1 that the opening handshake needs: the head of a request or an answer,
 * taken in any pieces. No bodies, no chunks.
 * @module
 */

import { joinBytes, toHex, toUtf8 } from '../bytes.js';
import { refusal } from './reason.js';

/** A head that cannot be read: the status that refuses it and why. */
export class HttpError extends Error {
  /** `HttpError`. */
  override readonly name = 'HttpError';
  /** 400, 405, 431 or 505. */
  readonly status: number;

  constructor(status: number, reason: string) {
    super(reason);
    this.status = status;
  }
}

/** The first line and the fields behind it. */
export interface Head {
  /** `GET /chat HTTP/1.1`, or `HTTP/1.1 101 Switching Protocols`. */
  startLine: string;
  /** Values by lower-case field name; a field that comes more than once has its values joined by `, `. */
  headers: Map<string, string>;
  /** How many times each field came, where that was more than once. */
  repeated: Map<string, number>;
  /** What came behind the empty line: it belongs to the WebSocket. */
  rest: Uint8Array;
}

/** A token of RFC 9110 5.6.2. @internal */
export const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What may not stand in a line, by its first occurrence: controls without HTAB, and DEL. @internal */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
export const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/;

/** Characters of the peer's that a sentence repeats. */
const MOST_SHOWN = 60;

/** Arguments that a call surely takes. One character a call would leave a string behind for each. */
const CHARACTERS_A_CALL = 4_096;

/** Collects the head of an HTTP message until its empty line. */
export class HeadReader {
  readonly #maxLength: number;
  #bytes: Uint8Array = new Uint8Array(0);

  /** @param maxLength the longest head that is taken, in bytes, its empty line included */
  constructor(maxLength = 16_384) {
    this.#maxLength = maxLength;
  }

  /** Bytes taken so far. */
  get length(): number {
    return this.#bytes.length;
  }

  /** Whether what came so far begins with these letters, whether it is right or not. @internal */
  begins(letters: string): boolean {
    const start = behindEmptyLine(this.#bytes);
    return latin1(this.#bytes.subarray(start, start + letters.length)) === letters;
  }

  /**
   * Takes the next bytes.
   *
   * @returns the head once its empty line is here, null before
   * @throws HttpError 400 for what is no HTTP, 431 for a head that is too long
   */
  feed(bytes: Uint8Array): Head | null {
    const before = this.#bytes.length;
    const all = joinBytes([this.#bytes, bytes]);
    this.#bytes = all;
    const start = behindEmptyLine(all);
    checkFirstByte(all.subarray(start));
    const end = findEmptyLine(all, Math.max(start, before - 3));
    const length = end === -1 ? all.length : end;
    checkLineEnds(all.subarray(0, Math.min(length, this.#maxLength)), before);
    if (length > this.#maxLength) {
      throw new HttpError(431, refusal('long-head', { limit: this.#maxLength }));
    }
    return end === -1 ? null : parseHead(latin1(all.subarray(start, end - 4)), all.slice(end));
  }
}

/**
 * Where a head begins. RFC 9112 2.2: a server "SHOULD ignore at least one empty line (CRLF) received
 * prior to the request-line"; a CR alone may be the beginning of one.
 *
 * @internal
 */
export function behindEmptyLine(bytes: Uint8Array): number {
  return bytes[0] === 0x0d && (bytes.length === 1 || bytes[1] === 0x0a) ? 2 : 0;
}

/** A head begins with a letter. What does not (a TLS hello, say) need not be waited for. */
function checkFirstByte(bytes: Uint8Array): void {
  const first = bytes[0];
  if (first !== undefined && !/[A-Za-z]/.test(String.fromCharCode(first))) {
    const byte = toHex(bytes.subarray(0, 1));
    throw new HttpError(400, refusal(first === 0x16 ? 'first-byte.tls' : 'first-byte', { byte }));
  }
}

/** A line that ends with LF alone (a request typed into nc) would be waited for in vain. */
function checkLineEnds(bytes: Uint8Array, from: number): void {
  for (let lf = bytes.indexOf(0x0a, from); lf !== -1; lf = bytes.indexOf(0x0a, lf + 1)) {
    if (bytes[lf - 1] === 0x0d) continue;
    throw new HttpError(400, refusal('line-end'));
  }
}

/** The offset just behind the first CRLF CRLF, or -1. */
function findEmptyLine(bytes: Uint8Array, from: number): number {
  for (let i = bytes.indexOf(0x0d, from); i !== -1; i = bytes.indexOf(0x0d, i + 1)) {
    if (bytes[i + 1] === 0x0a && bytes[i + 2] === 0x0d && bytes[i + 3] === 0x0a) return i + 4;
  }
  return -1;
}

function parseHead(text: string, rest: Uint8Array): Head {
  const [startLine = '', ...lines] = text.split('\r\n');
  checkText(startLine, null);
  const headers = new Map<string, string>();
  const repeated = new Map<string, number>();
  let last = '';
  for (const line of lines) {
    // RFC 9112 5.2: a line that begins with a space goes on with the field before
    if (/^[ \t]/.test(line) && last !== '') {
      checkText(line, last);
      const [begun, more] = [headers.get(last), trimSpace(line)];
      headers.set(last, begun && more ? `${begun} ${more}` : begun || more);
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, colon);
    if (colon < 1 || !TOKEN.test(name)) {
      throw new HttpError(400, refusal('no-field', { line: shown(line) }));
    }
    checkText(line, name);
    last = name.toLowerCase();
    const value = trimSpace(line.slice(colon + 1));
    const before = headers.get(last);
    headers.set(last, before === undefined ? value : `${before}, ${value}`);
    if (before !== undefined) repeated.set(last, (repeated.get(last) ?? 1) + 1);
  }
  return { startLine, headers, repeated, rest };
}

/**
 * Takes off the optional whitespace of RFC 9110 5.6.3, SP and HTAB. `trim` would also take U+00A0,
 * which here is one byte of a longer character; a regular expression would try each of 16,000
 * spaces as the beginning of the end.
 *
 * @internal
 */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text[start])) start++;
  while (end > start && isSpace(text[end - 1])) end--;
  return text.slice(start, end);
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/**
 * The beginning of what the peer wrote, as it may stand in a sentence, a log, a terminal or the body
 * of an answer: only ASCII that is to be seen.
 *
 * @internal
 */
export function shown(text: string): string {
  const begun = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}...` : text;
  return begun.replace(
    /[^ !#-[\]-~]/g, // quotes and backslashes too, so that nothing looks like what it is not
    (character) => `\\x${hexOf(character)}`,
  );
}

/**
 * RFC 9110 5.5: CR, LF and NUL within a field are dangerous, "other CTL characters are also invalid";
 * 80 to ff are not. We take none but HTAB (for LF see above).
 */
function checkText(text: string, field: string | null): void {
  const [control] = CONTROL.exec(text) ?? [];
  if (control === undefined) return;
  const byte = hexOf(control);
  if (field === null) throw new HttpError(400, refusal('control.line', { byte }));
  throw new HttpError(400, refusal('control.field', { name: shown(field), byte }));
}

function hexOf(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}

/** Bytes as text, one character a byte, so that nothing is lost. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHARACTERS_A_CALL) {
    text += String.fromCharCode(...bytes.subarray(at, at + CHARACTERS_A_CALL));
  }
  return text;
}

/** Tells whether a comma-separated field holds a token, whatever its case. @internal */
export function hasToken(field: string | undefined, token: string): boolean {
  return listOf(field).some((part) => part.toLowerCase() === token);
}

/** The members of a comma-separated field; empty ones are none (RFC 9110 5.6.1.2). @internal */
export function listOf(field: string | undefined): string[] {
  return (field ?? '')
    .split(',')
    .map(trimSpace)
    .filter((part) => part !== '');
}

/** The bytes of a head, from its lines. @internal */
export function headBytes(lines: readonly string[]): Uint8Array {
  return toUtf8(`${lines.join('\r\n')}\r\n\r\n`);
}
