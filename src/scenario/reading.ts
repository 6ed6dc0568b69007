/**
 * Reads what a server sent as its client does: the answer to a handshake, or a frame with its text,
 * its JSON or its close code. Says in what two of them part, and when they mean the same. Knows of no
 * cause: of the numbered defects it names only those that the bytes themselves show.
 * @module
 */

import { fromUtf8Lossy, joinBytes, toHex } from '../bytes.js';
import { HARMLESS } from '../chat/defects.js';
import { comparison } from '../texts/comparison.en.js';
import { comparison as comparisonZh } from '../texts/comparison.zh.js';
import type { Language } from '../texts/language.js';
import { type Say, speakers } from '../texts/say.js';
import { describeEnglish } from '../trace/english.js';
import { decodeClose } from '../websocket/closing.js';
import { FrameDecoder } from '../websocket/decoder.js';
import { type Frame, Opcode, opcodeName } from '../websocket/frame.js';

/** Two units that mean the same to every client, and are written otherwise. */
export interface FormDifference {
  /** Whether it is the answer to a handshake, or JSON. */
  form: 'head' | 'json';
  /** The number of the defect, where one side is written as the defect says; else null. */
  defect: string | null;
}

/** The first member in which two JSON texts part. */
export interface JsonDifference {
  /** Its path, `user_list[1]` say; '' for the whole. */
  path: string;
  /** What the left one has there, as JSON; null where it has no such member. */
  left: string | null;
  /** The same of the right one. */
  right: string | null;
}

/** Tells when two answers to a handshake mean the same; null when a client would mind, or may. */
export function formOfHeads(a: Uint8Array, b: Uint8Array): FormDifference | null {
  if (differingField(a, b) !== null) return null;
  const oneIsTheOriginals = isOriginalHead(a) !== isOriginalHead(b);
  return { form: 'head', defect: oneIsTheOriginals ? HARMLESS.head : null };
}

/** Tells when two frames hold the same JSON; null when they do not, or one is no text as it should be. */
export function formOfFrames(a: Uint8Array, b: Uint8Array): FormDifference | null {
  const [left, right] = [textOfFrame(a), textOfFrame(b)];
  return left === null || right === null ? null : formOfTexts(left, right);
}

/** The same for two texts of JSON. Numbers are what JSON.parse makes of them. */
export function formOfTexts(a: string, b: string): FormDifference | null {
  if (differenceOf(a, b) !== null) return null;
  const isAscii = isOriginalJson(a) !== isOriginalJson(b) && unescaped(a) === unescaped(b);
  return { form: 'json', defect: isAscii ? HARMLESS.json : null };
}

/** The first member in which two texts of JSON part; null when one is none, or they are the same. */
export function jsonDifference(a: string, b: string): JsonDifference | null {
  return differenceOf(a, b) ?? null;
}

/** @returns null when they are the same; undefined when one is no JSON, or nests too deep to be compared */
function differenceOf(a: string, b: string): JsonDifference | null | undefined {
  try {
    return partOf('', JSON.parse(a), JSON.parse(b));
  } catch {
    return undefined;
  }
}

/** The text of a frame that a client takes: whole, not masked, in UTF-8. Null for any other. */
export function textOfFrame(bytes: Uint8Array): string | null {
  const { frame } = decode(bytes);
  if (frame === null || frame.opcode !== Opcode.text || !frame.fin) return null;
  return fromUtf8Lossy(frame.payload);
}

type ReadingSay = Say<keyof typeof comparison>;

const sayIn = speakers({ en: comparison, zh: comparisonZh }, { grouping: false });

/** Says what a frame is to a client: its kind, and its text or its bytes. @param language default English */
export function readFrame(bytes: Uint8Array, language?: Language): string {
  const say = sayIn(language);
  const { frame, problem } = decode(bytes);
  if (problem !== null) return say('reads.bad', { problem: describeEnglish(problem, language) });
  if (frame === null) return say('reads.part');
  const { opcode, payload, fin } = frame;
  if (opcode === Opcode.close) return readClose(payload, say);
  const text = textOfFrame(bytes);
  if (text !== null) {
    return text === '' ? say('reads.empty') : say('reads.text', { text });
  }
  const key = fin ? 'reads.frame' : 'reads.begun';
  const values = { opcode: opcodeName(opcode), hex: toHex(payload.subarray(0, 40)) };
  return say(payload.length === 0 ? `${key}.empty` : key, values);
}

function readClose(payload: Uint8Array, say: ReadingSay): string {
  if (payload.length === 0) return say('reads.close.empty');
  const { code, reason } = decodeClose(payload);
  if (reason === '') return say('reads.close', { code });
  return say('reads.close.reason', { code, reason: JSON.stringify(reason) });
}

/** The one good frame that the bytes are, or what is wrong with it, in English. */
function decode(bytes: Uint8Array): { frame: Frame | null; problem: string | null } {
  const decoder = new FrameDecoder('server');
  // a piece of a message that has begun before is no problem of this frame
  const isPiece = bytes.length > 0 && ((bytes[0] as number) & 0b0000_1111) === Opcode.continuation;
  const frames = decoder.feed(isPiece ? joinBytes([BEGINNING, bytes]) : bytes);
  const problem = decoder.problem?.message ?? null;
  return { frame: problem === null ? (frames[isPiece ? 1 : 0] ?? null) : null, problem };
}

/** The first piece of a message, empty, behind which others follow. */
const BEGINNING = Uint8Array.of(Opcode.binary, 0);

/** The name of a head's first line, beside those of its fields. */
const STATUS_LINE = comparison['field.status'];

/** What a client has to look for in the answer: RFC 6455 4.1, 2 to 6 behind the request. */
const LOOKED_AT = [
  STATUS_LINE,
  'upgrade',
  'connection',
  'sec-websocket-accept',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
] as const;

/** The first field, in lower case, in which a client sees a difference; null when it sees none. */
export function differingField(a: Uint8Array, b: Uint8Array): string | null {
  const [left, right] = [headOf(a), headOf(b)];
  const found = LOOKED_AT.find((name) => meaningOf(left, name) !== meaningOf(right, name));
  if (found !== undefined) return found;
  const isAnswer = meaningOf(left, STATUS_LINE) === '101';
  return isAnswer ? null : STATUS_LINE; // of a refusal the rest counts as well
}

function headOf(bytes: Uint8Array): Map<string, string> {
  const [first = '', ...lines] = fromUtf8Lossy(bytes).split('\r\n');
  const fields = new Map<string, string>([[STATUS_LINE, first]]);
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    fields.set(name, fields.has(name) ? `${fields.get(name)}, ${value}` : value);
  }
  return fields;
}

function meaningOf(head: ReadonlyMap<string, string>, name: string): string | undefined {
  const value = head.get(name);
  if (value === undefined) return undefined;
  switch (name) {
    case STATUS_LINE:
      return /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(value)?.[1] ?? value;
    case 'upgrade':
      return value.toLowerCase();
    case 'connection':
      return /(?:^|,)\s*upgrade\s*(?:,|$)/i.test(value) ? 'upgrade' : value;
    default:
      return value;
  }
}

/** Whether it is written as the original writes it, whatever the accept value. */
function isOriginalHead(bytes: Uint8Array): boolean {
  return /^HTTP\/1\.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nConnection: Upgrade\r\nSec-WebSocket-Accept:[^ \r\n]+\r\n\r\n$/.test(
    fromUtf8Lossy(bytes),
  );
}

/** Whether nothing in it is beyond ASCII and no slash stands bare, as PHP's json_encode has it. */
function isOriginalJson(text: string): boolean {
  return /^(?:[^\\/\u0080-\uffff]|\\.)*$/s.test(text);
}

/** The text with what json_encode escapes without need written out. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|.)/gi, (found, hex?: string) => {
    if (found === '\\/') return '/';
    const code = Number.parseInt(hex ?? '0', 16);
    return code < 0x80 ? found : String.fromCharCode(code);
  });
}

function partOf(path: string, left: unknown, right: unknown): JsonDifference | null {
  if (left === right) return null;
  const areObjects = isObject(left) && isObject(right);
  if (!areObjects || Array.isArray(left) !== Array.isArray(right)) {
    return { path, left: written(left), right: written(right) };
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const member = Array.isArray(left) ? `${path}[${key}]` : memberOf(path, key);
    const part = partOf(member, own(left, key), own(right, key));
    if (part !== null) return part;
  }
  return null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function own(object: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function memberOf(path: string, key: string): string {
  const name = /^[a-z_]\w*$/i.test(key) ? key : `[${JSON.stringify(key)}]`;
  return path === '' || name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
}

function written(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
