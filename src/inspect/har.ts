/**
 * The WebSockets of a HAR, as the developer tools of Chrome and Firefox save it. It has the fields of the
 * handshake and messages, and neither frames nor masks nor lengths as they were sent: none are made up.
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import { printable } from '../trace/text.js';
import { Opcode, opcodeName } from '../websocket/frame.js';
import type { CaptureTime } from './capture-time.js';
import { readBase64 } from './forms.js';
import type { HarMessage, NamedStream } from './named-streams.js';
import type { InspectionSay } from './words.js';

/** Fields without which no handshake can be judged, of each half. */
const NEEDED = {
  request: ['host', 'upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version'],
  response: ['upgrade', 'connection', 'sec-websocket-accept'],
} as const;

/** Tells whether a text begins as a HAR does. */
export function isHar(text: string): boolean {
  return /^\s*\{\s*"log"\s*:/.test(text);
}

/**
 * Reads the WebSockets of a HAR, a stream for each: its handshake as it can be put together, and its
 * messages.
 *
 * @returns null for what is no JSON
 */
export function harStreams(text: string, say: InspectionSay): NamedStream[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return listIn(listOwner(value, 'log'), 'entries')
    .filter((entry) => {
      const { _resourceType: type } = fieldsOf(entry);
      return type === 'websocket' || Array.isArray(fieldsOf(entry)._webSocketMessages);
    })
    .map((entry, n) => streamOf(entry, n, say));
}

function streamOf(entry: unknown, n: number, say: InspectionSay): NamedStream {
  const [request, response] = [listOwner(entry, 'request'), listOwner(entry, 'response')];
  const found = listIn(entry, '_webSocketMessages').map(messageIn);
  const messages = found.filter((message) => message !== null);
  const url = textIn(request, 'url');
  const [asked, answered] = [headersIn(request), headersIn(response)];
  const lacks = new Set<string>([
    ...NEEDED.request.filter((name) => !asked.some(([own]) => own.toLowerCase() === name)),
    ...NEEDED.response.filter((name) => !answered.some(([own]) => own.toLowerCase() === name)),
  ]);
  const notes = [say('har.note')];
  if (lacks.size > 0) notes.push(say('har.lacks', { named: [...lacks] }));
  const unread = found.length - messages.length;
  if (unread > 0) notes.push(say('har.unread', { n: unread }));
  const status = `${Number(fieldsOf(response).status) || 0} ${line(textIn(response, 'statusText'))}`;
  const heads = [
    head(
      `${line(textIn(request, 'method')) || 'GET'} ${targetOf(url)} ${versionOf(request)}`,
      asked,
    ),
    head(`${versionOf(response)} ${status.trimEnd()}`, answered),
  ];
  return {
    name: say('stream.captured', { n, ends: printable(line(url)) }),
    note: notes.map((note) => say('capture.note', { note })).join(say('sentences.and')),
    bytes: joinBytes(heads),
    options: { isCopy: lacks.size > 0 },
    messages,
  };
}

function messageIn(value: unknown): HarMessage | null {
  const { type, time, opcode, data } = fieldsOf(value);
  if ((type !== 'send' && type !== 'receive') || typeof data !== 'string') return null;
  const number = typeof opcode === 'number' && opcode >= 0 && opcode < 16 ? opcode : Opcode.text;
  const bytes = number === Opcode.text ? null : readBase64(data);
  return {
    direction: type === 'send' ? 'client' : 'server',
    time: timeOf(time),
    opcode: number,
    opcodeName: opcodeName(number),
    bytes: bytes ?? toUtf8(data),
    text: bytes === null ? data : null,
  };
}

/**
 * Chrome counts in seconds since 1970, with six decimals; others have been seen to in thousandths and
 * millionths. A double holds no more than millionths.
 */
function timeOf(value: unknown): CaptureTime | null {
  const time = Number(value);
  if (typeof value === 'boolean' || !Number.isFinite(time) || time <= 0 || time > 1e17) return null;
  const seconds = time > 1e14 ? time / 1e6 : time > 1e11 ? time / 1e3 : time;
  const millionths = Math.round(seconds * 1e6);
  return { ns: BigInt(millionths) * 1_000n, digits: millionths % 1_000 === 0 ? 3 : 6 };
}

/** A head of HTTP out of a HAR's fields; pseudo-fields of HTTP/2 are no fields. */
function head(first: string, headers: readonly (readonly [string, string])[]): Uint8Array {
  const lines = headers.filter(([name]) => /^[^:\s]+$/.test(name)).map(([n, v]) => `${n}: ${v}`);
  return toUtf8(`${[first, ...lines].join('\r\n')}\r\n\r\n`);
}

function headersIn(message: unknown): (readonly [string, string])[] {
  return listIn(message, 'headers').map(
    (header) => [line(textIn(header, 'name')), line(textIn(header, 'value'))] as const,
  );
}

/** What may stand in a line of a head. */
function line(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').trim();
}

function targetOf(url: string): string {
  const target = /^[a-z]+:\/\/[^/?#]*([^#\s]*)/i.exec(url)?.[1] ?? '';
  return target.startsWith('/') ? target : `/${target}`;
}

function versionOf(message: unknown): string {
  const version = textIn(message, 'httpVersion').toUpperCase();
  return /^HTTP\/\d(\.\d)?$/.test(version) ? version : 'HTTP/1.1';
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOwner(value: unknown, key: string): unknown {
  return fieldsOf(value)[key];
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = fieldsOf(value)[key];
  return Array.isArray(list) ? list : [];
}

function textIn(value: unknown, key: string): string {
  const text = fieldsOf(value)[key];
  return typeof text === 'string' ? text : '';
}
