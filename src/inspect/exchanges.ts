/**
 * The way through the HTTP of a connection to its upgrade: it need not be the first request, since a page
 * may be asked for before it, or a login, and an answer may have interim ones in front.
 * @module
 */

import { handshakeAt, type ReadHead, readAnswer, readRequest } from './handshake.js';
import { answerBody, type BodyEnd, BodyReader, requestBody } from './http-messages.js';
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
/** Bytes of a body that are looked at in one go. */
const PIECE = 65_536;

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
    const clientEnd =
      request === null ? c : behindBody(client, request.headEnd, requestBody(request));
    const serverEnd =
      answer === null
        ? s
        : behindBody(server, answer.headEnd, answerBody(answer, request?.method ?? ''));
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

/** Behind a message's body; null where nothing follows, or only the end of the connection ends it. */
function behindBody(bytes: Readable, headEnd: number, body: BodyEnd): number | null {
  if (body === 'close') return null;
  if (body !== 'chunks') return Math.min(bytes.length, headEnd + body);
  const reader = new BodyReader(body);
  for (let at = headEnd; at < bytes.length; ) {
    at += reader.take(bytes.read(at, PIECE));
    if (reader.isOver) return at;
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
