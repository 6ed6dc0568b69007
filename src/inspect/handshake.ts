/**
 * The opening handshake explained: every line of a request or an answer, and how the accept value
 * is made from the key. Whether it is right is said by the code that the server and client run.
 * @module
 */

import { sha1 } from '@noble/hashes/legacy.js';
import { toHex, toUtf8 } from '../bytes.js';
import { ClientHandshake, isInterim } from '../websocket/client-handshake.js';
import { acceptKey, GUID, ServerHandshake } from '../websocket/handshake.js';
import { behindEmptyLine, trimSpace } from '../websocket/http.js';
import { quoted } from './characters.js';
import {
  type Finding,
  type HandshakeInspection,
  type Rest,
  type Span,
  withParts,
} from './inspection.js';
import { MEANINGS, type Meanings } from './meanings.js';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT', 'TRACE'];

/** A key to judge an answer with whose request is not here. */
const ANY_KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** One line of a head, with its offsets; its end is behind its CRLF. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** One character a byte. */
  readonly text: string;
  /** In lower case; '' where it is no field. */
  readonly name: string;
  readonly value: string;
}

/** A head that was read, or what the input ends within. */
export type ReadHead =
  | {
      readonly handshake: HandshakeInspection;
      readonly fields: ReadonlyMap<string, string>;
      /** It is an answer in front of the one that counts (RFC 9110 15.2). */
      readonly isInterim: boolean;
    }
  | { readonly rest: Rest };

/** Which half of a handshake begins at an offset; null for none. */
export function handshakeAt(input: Uint8Array, offset: number): 'request' | 'answer' | null {
  const empty =
    input[offset + 2] === undefined ? 0 : behindEmptyLine(input.subarray(offset, offset + 2));
  const text = latin1(input.subarray(offset + empty, offset + empty + 8));
  if (text.startsWith('HTTP/')) return 'answer';
  if (METHODS.some((method) => text.startsWith(`${method} `))) return 'request';
  if (text.length < 2 || text.length > 4) return null; // two letters are enough to guess from
  if ('HTTP/'.startsWith(text)) return 'answer';
  return 'GET '.startsWith(text) ? 'request' : null;
}

/** Reads a request. */
export function readRequest(
  input: Uint8Array,
  offset: number,
  meanings: Meanings = MEANINGS,
): ReadHead {
  const answerTo = (bytes: Uint8Array) => new ServerHandshake().feed(bytes);
  const end = headEnd(input, offset, (bytes) => answerTo(bytes) !== null);
  if (end === -1) return { rest: restOf(input, offset, meanings) };
  const lines = linesOf(input, offset, end);
  const fields = fieldsOf(lines);
  const key = fields.get('sec-websocket-key') ?? null;
  const answer = answerTo(input.subarray(offset, end));
  const problems: Finding[] = [];
  if (answer !== null && 'reason' in answer) {
    problems.push(bad('4.2.1', meanings.refused(answer)));
  }
  const isBehindEmpty = lines[0] !== undefined && isEmpty(lines[0]);
  const known = { request: true, isBehindEmpty, key, ok: null, meanings };
  const spans = lines.map((line, i) => lineSpan(line, i, known));
  const accept = key === null ? null : acceptKey(key);
  const place = { direction: 'client', offset, length: end - offset } as const;
  const handshake = { ...place, key, accept, acceptOk: null, spans, problems };
  return { handshake, fields, isInterim: false };
}

/**
 * Reads an answer.
 *
 * @param asked the fields of the request; null when it is not here
 * @param key the request's key; null when it is not known
 */
export function readAnswer(
  input: Uint8Array,
  offset: number,
  asked: ReadonlyMap<string, string> | null,
  key: string | null,
  meanings: Meanings = MEANINGS,
): ReadHead {
  const refuses = (bytes: Uint8Array) =>
    new ClientHandshake({ host: 'host', key: ANY_KEY }).feed(bytes) !== null;
  const end = headEnd(input, offset, refuses);
  if (end === -1) return { rest: restOf(input, offset, meanings) };
  const lines = linesOf(input, offset, end);
  const fields = fieldsOf(lines);
  const accept = fields.get('sec-websocket-accept') ?? null;
  // an interim answer in front of the one that counts has none
  const isFinal = !isInterim(lines[0]?.text.trimEnd() ?? '');
  const acceptOk = key === null || !isFinal ? null : accept === acceptKey(key);
  const reason = whatIsWrong(lines, asked, key, accept, meanings);
  const problems = reason === null ? [] : [bad('4.1', reason)];
  const known = { request: false, isBehindEmpty: false, key, ok: acceptOk, meanings };
  const spans = lines.map((line, i) => lineSpan(line, i, known));
  const place = { direction: 'server', offset, length: end - offset } as const;
  const handshake = { ...place, key, accept, acceptOk, spans, problems };
  return { handshake, fields, isInterim: !isFinal };
}

/** Judges an answer as a client does that asked for what was asked for; without a key the accept value is let be. */
function whatIsWrong(
  lines: readonly Line[],
  asked: ReadonlyMap<string, string> | null,
  key: string | null,
  accept: string | null,
  meanings: Meanings,
): string | null {
  const known = key !== null && /^[A-Za-z0-9+/]{22}==$/.test(key);
  if (accept === null && /^HTTP\/1\.1 101( |\r|$)/.test(lines[0]?.text ?? '')) {
    return meanings.noAccept();
  }
  const kept = lines.filter(({ name }) => {
    if (name !== 'sec-websocket-extensions' && name !== 'sec-websocket-protocol') return true;
    return asked !== null && !asked.has(name);
  });
  const text = kept.map((line) =>
    !known && line.name === 'sec-websocket-accept'
      ? `${line.name}: ${acceptKey(ANY_KEY)}\r\n`
      : line.text,
  );
  const bytes = Uint8Array.from(text.join(''), (character) => character.charCodeAt(0));
  const result = new ClientHandshake({ host: 'host', key: known ? key : ANY_KEY }).feed(bytes);
  return result !== null && !result.open ? meanings.wrongAnswer(result) : null;
}

/** Where a head ends: behind its empty line. -1 while it may still become right. */
function headEnd(
  input: Uint8Array,
  offset: number,
  isRefused: (bytes: Uint8Array) => boolean,
): number {
  for (let i = input.indexOf(0x0a, offset); i !== -1; i = input.indexOf(0x0a, i + 1)) {
    if (input[i - 1] === 0x0d && input[i - 2] === 0x0a && input[i - 3] === 0x0d) return i + 1;
    if (input[i - 1] === 0x0a) return i + 1; // no HTTP, but what was meant
  }
  return isRefused(input.subarray(offset)) ? input.length : -1;
}

function restOf(input: Uint8Array, offset: number, meanings: Meanings): Rest {
  const length = input.length - offset;
  const ends = latin1(input.subarray(Math.max(offset, input.length - 3)));
  const needs = ends.endsWith('\r\n\r')
    ? 1
    : ends.endsWith('\r\n')
      ? 2
      : ends.endsWith('\r')
        ? 3
        : 4;
  const span = { field: 'head', start: offset, end: input.length, section: '4.1' };
  const spans = [{ ...span, meaning: meanings.restHead({ have: length }) }];
  return { offset, length, needs, meaning: meanings.restHandshake({ have: length, needs }), spans };
}

function linesOf(input: Uint8Array, offset: number, end: number): Line[] {
  const lines: Line[] = [];
  for (let start = offset; start < end; ) {
    const lf = input.indexOf(0x0a, start);
    const next = lf === -1 || lf >= end ? end : lf + 1;
    const text = latin1(input.subarray(start, next));
    const colon = lines.every(isEmpty) ? -1 : text.indexOf(':');
    const name = text.slice(0, Math.max(0, colon)).toLowerCase();
    const value = colon === -1 ? '' : trimSpace(text.slice(colon + 1).replace(/\r?\n$/, ''));
    lines.push({ start, end: next, text, name, value });
    start = next;
  }
  return lines;
}

/** The fields of a whole head: values by lower-case name, those of one that comes more than once joined. */
export function fieldsInHead(head: Uint8Array): Map<string, string> {
  return fieldsOf(linesOf(head, 0, head.length));
}

function isEmpty({ text }: Line): boolean {
  return text === '\r\n' || text === '\n';
}

function fieldsOf(lines: readonly Line[]): Map<string, string> {
  const fields = new Map<string, string>();
  for (const { name, value } of lines) {
    if (name === '') continue;
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return fields;
}

interface Known {
  readonly request: boolean;
  /** An empty line stands in front of the first one. */
  readonly isBehindEmpty: boolean;
  readonly key: string | null;
  readonly ok: boolean | null;
  readonly meanings: Meanings;
}

function lineSpan(line: Line, index: number, known: Known): Span {
  const { start, end, text, name } = line;
  const place = { start, end };
  const { meanings } = known;
  if (index === 0 && isEmpty(line)) {
    return {
      field: 'empty-line',
      ...place,
      meaning: meanings.leadingLine(),
      section: 'RFC 9112 2.2',
    };
  }
  if (index === 0 || (index === 1 && known.isBehindEmpty)) {
    const shown = plain(text.replace(/\r?\n$/, ''));
    const status = text.split(' ')[1]?.trim() ?? '';
    return known.request
      ? {
          field: 'request-line',
          ...place,
          meaning: meanings.requestLine({ line: shown }),
          section: '4.1',
        }
      : {
          field: 'status-line',
          ...place,
          meaning: meanings.statusLine({ line: shown, status }),
          section: '4.2.2',
        };
  }
  if (isEmpty(line)) {
    return {
      field: 'empty-line',
      ...place,
      meaning: meanings.emptyLine(),
      section: 'RFC 9112 2.1',
    };
  }
  const [meaning, section] = fieldMeaning(line, known);
  const span = { field: name === '' ? 'line' : plain(name), ...place, meaning, section };
  const { key } = known;
  const makesAccept = name === (known.request ? 'sec-websocket-key' : 'sec-websocket-accept');
  return makesAccept && key !== null
    ? withParts(span, () => acceptParts(span, key, meanings))
    : span;
}

function fieldMeaning(line: Line, { request, key, ok, meanings }: Known): [string, string] {
  const { name } = line;
  const value = plain(line.value);
  switch (name) {
    case 'host':
      return [meanings.host({ value }), '4.1'];
    case 'upgrade':
      return [meanings.upgrade({ value }), '4.1'];
    case 'connection':
      return [meanings.connection({ value }), '4.1'];
    case 'sec-websocket-key':
      return [meanings.keyField({ value, bytes: decodedLength(line.value) }), '11.3.1'];
    case 'sec-websocket-version':
      return [meanings.version({ value }), '11.3.5'];
    case 'origin':
      return [meanings.origin({ value }), '10.2'];
    case 'sec-websocket-extensions':
      return [meanings.extensions({ value, request }), '11.3.2'];
    case 'sec-websocket-protocol':
      return [meanings.protocol({ value, request }), '11.3.4'];
    case 'sec-websocket-accept':
      return [meanings.acceptField({ value, key: key === null ? null : plain(key), ok }), '11.3.3'];
    default: {
      const written = plain(line.text.slice(0, Math.max(0, line.text.indexOf(':'))));
      if (written === '')
        return [meanings.line({ text: plain(line.text.trimEnd()) }), 'RFC 9112 5'];
      return [meanings.field({ name: written, value }), 'RFC 9110 5'];
    }
  }
}

/** How the accept value is made; the bytes are those of the line that it is told at. */
function acceptParts({ start, end }: Omit<Span, 'parts'>, key: string, meanings: Meanings): Span[] {
  const place = { start, end, section: '1.3' };
  const hash = sha1(toUtf8(key + GUID));
  return [
    {
      field: 'concatenation',
      ...place,
      meaning: meanings.concatenation({ joined: plain(key + GUID) }),
    },
    { field: 'sha-1', ...place, meaning: meanings.sha1({ hex: toHex(hash) }) },
    { field: 'base64', ...place, meaning: meanings.base64({ accept: acceptKey(key) }) },
  ];
}

function decodedLength(value: string): number | null {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return null;
  return (value.length / 4) * 3 - (value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0);
}

function bad(section: string, message: string): Finding {
  return { code: 'bad-handshake', closeCode: null, section, message };
}

/** A text within a sentence, made safe to show. */
function plain(text: string): string {
  return quoted(text, 200).slice(1, -1);
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
