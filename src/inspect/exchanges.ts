/**
 * The way through the HTTP of a connection to its upgrade: it need not be the first request, since a page
 * may be asked for before it, or a login, and an answer may have interim ones in front.
 * @module
 */

import { handshakeAt, type ReadHead, readAnswer, readRequest } from './handshake.js';
import type { StoredBytes } from './stored-bytes.js';

/** Where a conversation comes to ask for a WebSocket. */
export interface Upgrade {
  /** Offset of the request in what the client sent. */
  readonly client: number;
  /** Offset of its answer, or of the interim one in front of it, in what the server sent. */
  readonly server: number;
  /** Exchanges of plain HTTP in front. */
  readonly exchanges: number;
  /** Whether the answer is here, and turns the request away. */
  readonly isRefused: boolean;
}

/** Bytes that need not be in memory. */
type Readable = Pick<StoredBytes, 'length' | 'read'>;

type Fields = ReadonlyMap<string, string>;

/** Bytes that are looked at to find where a head ends: most are short. */
const HEAD = 4_096;
const LONGEST_HEAD = 131_072;
/** The same of a line. */
const LINES = [64, 4_096];

/** A request, or an answer with the interim ones in front of it. */
interface Message {
  /** The whole heads; where they are not whole, the end of the input. */
  readonly headEnd: number;
  readonly fields: Fields;
  readonly status: number;
  readonly method: string;
}

/**
 * Walks from exchange to exchange to the one that a WebSocket is asked for in, and granted: one that
 * is turned away counts where none is granted behind it.
 *
 * @returns null where none is asked for
 */
export function findUpgrade(client: Readable, server: Readable): Upgrade | null {
  let refused: Upgrade | null = null;
  for (let [c, s, exchanges] = [0, 0, 0]; ; exchanges++) {
    const request = halfAt(client, c) === 'request' ? requestAt(client, c) : null;
    const answer = halfAt(server, s) === 'answer' ? answerAt(server, s) : null;
    const place = { client: c, server: s, exchanges };
    if (answer?.status === 101) return { ...place, isRefused: false };
    if (request !== null && asksForUpgrade(request)) {
      if (answer === null || answer.status === 0) return { ...place, isRefused: false };
      refused ??= { ...place, isRefused: true };
    }
    const hasBody = request?.method !== 'HEAD';
    const clientEnd = request === null ? c : bodyEnd(client, request, true);
    const serverEnd = answer === null ? s : bodyEnd(server, answer, hasBody);
    if (clientEnd === null || serverEnd === null) return refused;
    if (clientEnd === c && serverEnd === s) return refused;
    [c, s] = [clientEnd, serverEnd];
  }
}

/** Which half of a handshake begins at an offset; null for none. */
export function halfAt(bytes: Readable, at: number): ReturnType<typeof handshakeAt> {
  return handshakeAt(bytes.read(at, 16), 0);
}

/** Reads a head at an offset; offsets in it count from there. */
export function headAt(
  bytes: Readable,
  at: number,
  read: (head: Uint8Array) => ReadHead,
): ReadHead {
  const found = read(bytes.read(at, HEAD));
  const isAll = !('rest' in found) || at + HEAD >= bytes.length;
  return isAll ? found : read(bytes.read(at, LONGEST_HEAD));
}

function requestAt(bytes: Readable, at: number): Message {
  const read = headAt(bytes, at, (head) => readRequest(head, 0));
  const method = wordAt(bytes, at, 0);
  if ('rest' in read) return { headEnd: bytes.length, fields: new Map(), status: 0, method };
  return { headEnd: at + read.handshake.length, fields: read.fields, status: 0, method };
}

function answerAt(bytes: Readable, start: number): Message {
  for (let at = start; ; ) {
    const read = headAt(bytes, at, (head) => readAnswer(head, 0, null, null));
    if ('rest' in read) return { headEnd: bytes.length, fields: new Map(), status: 0, method: '' };
    const headEnd = at + read.handshake.length;
    const status = Number(wordAt(bytes, at, 1));
    if (!read.isInterim || halfAt(bytes, headEnd) !== 'answer') {
      return { headEnd, fields: read.fields, status: read.isInterim ? 0 : status, method: '' };
    }
    at = headEnd;
  }
}

/** A request that is not whole may still come to it. */
function asksForUpgrade({ fields, method }: Message): boolean {
  if (fields.size === 0) return method === 'GET';
  return fields.has('sec-websocket-key') || /websocket/i.test(fields.get('upgrade') ?? '');
}

/** Behind a message's body (RFC 9112 6.3); null where nothing follows, or only the end of the connection ends it. */
function bodyEnd(bytes: Readable, message: Message, hasBody: boolean): number | null {
  const { headEnd, fields, status, method } = message;
  const isBare = !hasBody || status === 204 || status === 304;
  if (isBare) return headEnd;
  if (/chunked/i.test(fields.get('transfer-encoding') ?? '')) return chunksEnd(bytes, headEnd);
  const length = fields.get('content-length');
  if (length === undefined) return method === '' ? null : headEnd;
  return /^\d{1,15}$/.test(length) ? Math.min(bytes.length, headEnd + Number(length)) : null;
}

function chunksEnd(bytes: Readable, start: number): number | null {
  for (let at = start; ; ) {
    const lineEnd = lineEndAt(bytes, at);
    if (lineEnd === null) return null;
    const size = Number.parseInt(textOf(bytes.read(at, Math.min(16, lineEnd - at))), 16);
    if (Number.isNaN(size)) return null;
    at = lineEnd + 1;
    if (size === 0) return trailerEnd(bytes, at);
    at += size + 2;
  }
}

/** Behind the last chunk come fields, mostly none, and an empty line. */
function trailerEnd(bytes: Readable, start: number): number | null {
  for (let at = start; ; ) {
    const lineEnd = lineEndAt(bytes, at);
    if (lineEnd === null) return null;
    if (lineEnd - at <= 1) return lineEnd + 1;
    at = lineEnd + 1;
  }
}

/** Where the line feed of a line is; null where none is near. */
function lineEndAt(bytes: Readable, at: number): number | null {
  for (const length of LINES) {
    const end = bytes.read(at, length).indexOf(0x0a);
    if (end !== -1) return at + end;
  }
  return null;
}

function wordAt(bytes: Readable, at: number, n: number): string {
  const line = textOf(bytes.read(at, 64)).trimStart();
  return line.split(/[ \r\n]/, n + 1)[n] ?? '';
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
