/**
 * What stands in a payload: the masking of each byte, characters, a close code and its reason, JSON.
 * @module
 */

import { fromUtf8, fromUtf8Lossy, toHex } from '../bytes.js';
import { isCloseCodeOnWire } from '../websocket/closing.js';
import { isControl, Opcode } from '../websocket/frame.js';
import { characterSpans, countCharacters, quoted, signOf } from './characters.js';
import { type InspectedClose, type InspectedPayload, type Span, withParts } from './inspection.js';
import type { Meanings } from './meanings.js';

/** What is known of a payload before it is explained. */
export interface PayloadFacts {
  /** As it came. */
  readonly raw: () => Uint8Array;
  /** The masking key; 0 where there is none. */
  readonly key: number;
  /** Unmasked. */
  readonly bytes: Uint8Array;
  /** Its offset in the input. */
  readonly start: number;
  /** The length that the header names. */
  readonly whole: number | string;
  readonly opcode: number;
  readonly masked: boolean;
  /** Whether it is a piece of a text message that can be read. */
  readonly isText: boolean;
  /** Whether it is a whole message by itself. */
  readonly isMessage: boolean;
  readonly compressed: boolean;
  /** The bytes of a character that the frame before began. */
  readonly carried: Uint8Array;
  /** Position in the message of the first byte that is no UTF-8; -1 when there is none. */
  readonly badAt: number;
  /** What a compressed message has become, at its last frame; null in front of that. */
  readonly inflated: Inflated | null;
  readonly meanings: Meanings;
}

/** What a compressed message has become: its bytes, or why there are none. */
export interface Inflated {
  /** Bytes of the message as they came. */
  readonly length: number;
  readonly isText: boolean;
  /** Position of the first byte that is no UTF-8; -1 when there is none. */
  readonly badAt: number;
  /** Bytes that come out in all; of a long message only the first are kept. */
  readonly whole: number;
  /** `bad`: no DEFLATE. `limit`: too long to be looked at. `unknown`: it looks back at what is not here. */
  readonly bytes: Uint8Array | 'bad' | 'limit' | 'unknown';
  /** Whether nobody said that it is compressed. */
  readonly isGuess?: boolean;
}

/** JSON nested deeper than this is left as text: writing it out again would overflow a stack. */
const DEEPEST_JSON = 200;
/** Keys of an object that are named. */
const MOST_KEYS = 6;

/** The payload as a value. */
export function payloadValue(facts: PayloadFacts): InspectedPayload {
  const { bytes } = facts;
  const inflated = inflatedBytes(facts);
  const text = textOf(facts);
  const json = jsonOf(facts, text);
  const close = facts.opcode === Opcode.close ? closeOf(bytes, facts.meanings) : null;
  return {
    get hex() {
      return toHex(bytes);
    },
    ...(inflated === null ? {} : { inflated: toHex(inflated) }),
    ...(text === null ? {} : { text }),
    ...(json === undefined ? {} : { json }),
    ...(close === null ? {} : { close }),
  };
}

/** A guess is told in words alone. */
function inflatedBytes({ inflated }: PayloadFacts): Uint8Array | null {
  if (inflated === null || inflated.isGuess) return null;
  return inflated.bytes instanceof Uint8Array ? inflated.bytes : null;
}

/** The frame's text; of a compressed message the whole, at its last frame. */
function textOf(facts: PayloadFacts): string | null {
  if (!facts.compressed) return facts.isText ? fromUtf8(facts.bytes) : null;
  const bytes = inflatedBytes(facts);
  const isWhole = bytes !== null && bytes.length === facts.inflated?.whole;
  return isWhole && facts.inflated?.isText ? fromUtf8(bytes) : null;
}

function jsonOf(facts: PayloadFacts, text: string | null): unknown {
  const isMessage = facts.isMessage || facts.compressed;
  return text !== null && isMessage ? readJson(text) : undefined;
}

/** The payload's span. */
export function payloadSpan(facts: PayloadFacts): Span {
  const { bytes, start, whole, masked, meanings } = facts;
  const { length } = bytes;
  const [what, section] = whatItIs(facts);
  const meaning = meanings.payload({ length, whole, masked, what });
  const span = { field: 'payload', start, end: start + length, meaning, section };
  return withParts(span, () => parts(facts));
}

function whatItIs(facts: PayloadFacts): [what: string, section: string] {
  const { bytes, opcode, meanings } = facts;
  if (opcode === Opcode.close) return [closeWords(bytes, meanings), '5.5.1'];
  if (facts.compressed || facts.inflated !== null) return compressedWords(facts);
  if (!facts.isText) return [meanings.bytes(), isControl(opcode) ? '5.5' : '5.6'];
  if (facts.badAt >= 0) return [meanings.badText({ at: facts.badAt }), '8.1'];
  return [textWords(bytes, meanings), '5.6'];
}

function textWords(bytes: Uint8Array, meanings: Meanings): string {
  const text = fromUtf8Lossy(bytes);
  const characters = countCharacters(text);
  return meanings.text({ characters, bytes: bytes.length, shown: quoted(text) });
}

function compressedWords({ bytes, inflated, meanings }: PayloadFacts): [string, string] {
  const { length } = bytes;
  if (inflated === null) return [meanings.compressed({ length }), 'RFC 7692 6'];
  return [inflatedWords(length, inflated, meanings), 'RFC 7692 7.2.2'];
}

function inflatedWords(length: number, inflated: Inflated, meanings: Meanings): string {
  const { bytes, whole, length: message } = inflated;
  if (bytes === 'bad') return meanings.inflatedBad({ length: message });
  if (bytes === 'limit') return meanings.inflatedLimit({ length: message });
  if (bytes === 'unknown') return meanings.inflatedUnknown({ length: message });
  const what = inflatedWhat(inflated, bytes, meanings);
  if (inflated.isGuess) return meanings.inflatedGuess({ length, inflated: whole, what });
  return meanings.inflated({ length, message, inflated: whole, what });
}

function inflatedWhat(inflated: Inflated, bytes: Uint8Array, meanings: Meanings): string {
  const { isText, badAt, whole } = inflated;
  if (isText && badAt >= 0) return meanings.badText({ at: badAt });
  if (bytes.length < whole) {
    const values = { kept: bytes.length, shown: quoted(fromUtf8Lossy(bytes.subarray(0, 400))) };
    return isText ? meanings.inflatedTextBegins(values) : meanings.inflatedBegins(values);
  }
  return isText ? textWords(bytes, meanings) : meanings.bytes();
}

function closeWords(bytes: Uint8Array, meanings: Meanings): string {
  const close = closeOf(bytes, meanings);
  if (close === null) return meanings.closeShort();
  const { code, name, reason } = close;
  const said =
    bytes.length === 2 ? meanings.noReason() : meanings.reason({ shown: quoted(reason) });
  return meanings.close({ code, name, who: whoSends(code, meanings), reason: said });
}

function closeOf(bytes: Uint8Array, meanings: Meanings): InspectedClose | null {
  const [high, low] = bytes;
  if (high === undefined || low === undefined) return null;
  const code = (high << 8) | low;
  const reason = fromUtf8Lossy(bytes.subarray(2));
  return { code, name: meanings.closeName({ code }), reason };
}

/** RFC 6455 7.4.1: 1010 is the client's; 1011 the server's, and 1012 to 1014 came after it for servers. */
function whoSends(code: number, meanings: Meanings): string {
  if (!isCloseCodeOnWire(code)) return meanings.closeNobody();
  if (code === 1010) return meanings.closeClient();
  return code >= 1011 && code <= 1014 ? meanings.closeServer() : meanings.closeBoth();
}

function parts(facts: PayloadFacts): Span[] {
  const { bytes, start, carried, meanings } = facts;
  const masking = facts.masked ? [maskingSpan(facts)] : [];
  const details =
    facts.opcode === Opcode.close
      ? closeSpans(facts)
      : facts.isText
        ? characterSpans(bytes, start, carried, meanings)
        : [];
  const spans = [...masking, ...details];
  const json = jsonOf(facts, textOf(facts));
  if (json !== undefined) {
    const meaning = meanings.json({ what: jsonWords(json, meanings) });
    spans.push({ field: 'json', start, end: start + bytes.length, meaning, section: 'RFC 8259' });
  }
  return spans;
}

function maskingSpan(facts: PayloadFacts): Span {
  const { bytes, start, meanings } = facts;
  const raw = facts.raw();
  const key = [24, 16, 8, 0].map((bits) => (facts.key >>> bits) & 0xff);
  const meaning = meanings.masking({ length: raw.length, key: toHex(Uint8Array.from(key)) });
  const span = { field: 'masking', start, end: start + raw.length, meaning, section: '5.3' };
  return withParts(span, () =>
    Array.from(raw, (from, i) => {
      const to = bytes[i] as number;
      const numbers = { from, key: key[i % 4] as number, index: i % 4, to, sign: signOf(to) };
      const meaning = meanings.maskedByte(numbers);
      return {
        field: 'masked-byte',
        start: start + i,
        end: start + i + 1,
        meaning,
        section: '5.3',
      };
    }),
  );
}

function closeSpans({ bytes, start, meanings }: PayloadFacts): Span[] {
  const [high, low] = bytes;
  if (high === undefined || low === undefined) return [];
  const code = (high << 8) | low;
  const name = meanings.closeName({ code });
  const numbers = { high, low, code, name, who: whoSends(code, meanings) };
  const meaning = meanings.closeCode(numbers);
  const spans: Span[] = [{ field: 'close-code', start, end: start + 2, meaning, section: '7.4' }];
  const reason = bytes.subarray(2);
  if (reason.length === 0) return spans;
  const text = fromUtf8Lossy(reason);
  const characters = countCharacters(text);
  const said = meanings.closeReason({ characters, bytes: reason.length, shown: quoted(text) });
  const end = start + bytes.length;
  const span = { field: 'close-reason', start: start + 2, end, meaning: said, section: '5.5.1' };
  spans.push(withParts(span, () => characterSpans(reason, start + 2, new Uint8Array(0), meanings)));
  return spans;
}

/** The value of a text that is JSON; undefined for one that is not, or that is nested too deep. */
export function readJson(text: string): unknown {
  if (depthOf(text) > DEEPEST_JSON) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const bracket of text.matchAll(/[[\]{}]/g)) {
    depth += bracket[0] === '[' || bracket[0] === '{' ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function jsonWords(value: unknown, meanings: Meanings): string {
  if (Array.isArray(value)) return meanings.jsonList({ length: value.length });
  if (typeof value === 'string') return meanings.jsonText({ shown: quoted(value) });
  if (value === null || typeof value !== 'object') {
    return meanings.jsonOther({ value: value as number | boolean | null });
  }
  const names = Object.keys(value);
  const keys = names.slice(0, MOST_KEYS).map((key) => quoted(key, 20));
  return meanings.jsonObject({ keys, more: names.length - keys.length });
}
