/**
 * What stands in a payload: the masking of each byte, characters, a close code and its reason, JSON.
 * @module
 */

import { toHex } from '../bytes.js';
import { closeCodeName, isCloseCodeOnWire } from '../websocket/closing.js';
import { isControl, Opcode } from '../websocket/frame.js';
import { characterSpans, countCharacters, decodeText, quoted, signOf } from './characters.js';
import { type InspectedClose, type InspectedPayload, type Span, withParts } from './inspection.js';
import { MEANINGS } from './meanings.js';

/** What is known of a payload before it is explained. */
export interface PayloadFacts {
  /** As it came. */
  readonly raw: Uint8Array;
  /** Unmasked. */
  readonly bytes: Uint8Array;
  /** Its offset in the input. */
  readonly start: number;
  /** The length that the header names. */
  readonly whole: number;
  readonly opcode: number;
  /** The masking key; null where there is none. */
  readonly key: Uint8Array | null;
  /** Whether it is a piece of a text message that can be read. */
  readonly isText: boolean;
  /** Whether it is a whole message by itself. */
  readonly isMessage: boolean;
  readonly compressed: boolean;
  /** The bytes of a character that the frame before began. */
  readonly carried: Uint8Array;
  /** Position in the message of the first byte that is no UTF-8; -1 when there is none. */
  readonly badAt: number;
}

/** JSON nested deeper than this is left as text: writing it out again would overflow a stack. */
const DEEPEST_JSON = 200;

/** The payload as a value. */
export function payloadValue(facts: PayloadFacts): InspectedPayload {
  const { bytes } = facts;
  const text = facts.isText ? decodeText(bytes) : null;
  const json = text !== null && facts.isMessage ? readJson(text) : undefined;
  const close = facts.opcode === Opcode.close ? closeOf(bytes) : null;
  return {
    get hex() {
      return toHex(bytes);
    },
    ...(text === null ? {} : { text }),
    ...(json === undefined ? {} : { json }),
    ...(close === null ? {} : { close }),
  };
}

/** The payload's span. */
export function payloadSpan(facts: PayloadFacts): Span {
  const { raw, start, whole, key } = facts;
  const [what, section] = whatItIs(facts);
  const masked = key !== null;
  const meaning = MEANINGS.payload({ length: raw.length, whole, masked, what });
  const span = { field: 'payload', start, end: start + raw.length, meaning, section };
  return withParts(span, () => parts(facts));
}

function whatItIs(facts: PayloadFacts): [what: string, section: string] {
  const { bytes, opcode } = facts;
  if (opcode === Opcode.close) return [closeWords(bytes), '5.5.1'];
  if (facts.compressed) return [MEANINGS.compressed({ length: bytes.length }), 'RFC 7692 6'];
  if (!facts.isText) return [MEANINGS.bytes(), isControl(opcode) ? '5.5' : '5.6'];
  if (facts.badAt >= 0) return [MEANINGS.badText({ at: facts.badAt }), '8.1'];
  const text = decodeText(bytes) ?? new TextDecoder().decode(bytes);
  const characters = countCharacters(text);
  return [MEANINGS.text({ characters, bytes: bytes.length, shown: quoted(text) }), '5.6'];
}

function closeWords(bytes: Uint8Array): string {
  const close = closeOf(bytes);
  if (close === null) return MEANINGS.closeShort();
  const { code, name, reason } = close;
  const said =
    bytes.length === 2 ? MEANINGS.noReason() : MEANINGS.reason({ shown: quoted(reason) });
  return MEANINGS.close({ code, name, who: whoSends(code), reason: said });
}

function closeOf(bytes: Uint8Array): InspectedClose | null {
  const [high, low] = bytes;
  if (high === undefined || low === undefined) return null;
  const code = (high << 8) | low;
  const reason = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(2));
  return { code, name: closeCodeName(code), reason };
}

/** RFC 6455 7.4.1: 1010 is the client's; 1011 the server's, and 1012 to 1014 came after it for servers. */
function whoSends(code: number): string {
  if (!isCloseCodeOnWire(code)) return MEANINGS.closeNobody();
  if (code === 1010) return MEANINGS.closeClient();
  return code >= 1011 && code <= 1014 ? MEANINGS.closeServer() : MEANINGS.closeBoth();
}

function parts(facts: PayloadFacts): Span[] {
  const spans: Span[] = [];
  if (facts.key !== null) spans.push(maskingSpan(facts, facts.key));
  if (facts.opcode === Opcode.close) spans.push(...closeSpans(facts));
  else if (facts.isText) {
    spans.push(...characterSpans(facts.bytes, facts.start, facts.carried));
    const text = facts.isMessage ? decodeText(facts.bytes) : null;
    const json = text === null ? undefined : readJson(text);
    if (json !== undefined) {
      const { start, bytes } = facts;
      const meaning = MEANINGS.json({ what: jsonWords(json) });
      spans.push({ field: 'json', start, end: start + bytes.length, meaning, section: 'RFC 8259' });
    }
  }
  return spans;
}

function maskingSpan({ raw, bytes, start }: PayloadFacts, key: Uint8Array): Span {
  const meaning = MEANINGS.masking({ length: raw.length, key: toHex(key) });
  const span = { field: 'masking', start, end: start + raw.length, meaning, section: '5.3' };
  return withParts(span, () =>
    Array.from(raw, (from, i) => {
      const to = bytes[i] as number;
      const numbers = { from, key: key[i % 4] as number, index: i % 4, to, sign: signOf(to) };
      const meaning = MEANINGS.maskedByte(numbers);
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

function closeSpans({ bytes, start }: PayloadFacts): Span[] {
  const [high, low] = bytes;
  if (high === undefined || low === undefined) return [];
  const code = (high << 8) | low;
  const numbers = { high, low, code, name: closeCodeName(code), who: whoSends(code) };
  const meaning = MEANINGS.closeCode(numbers);
  const spans: Span[] = [{ field: 'close-code', start, end: start + 2, meaning, section: '7.4' }];
  const reason = bytes.subarray(2);
  if (reason.length === 0) return spans;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(reason);
  const characters = countCharacters(text);
  const said = MEANINGS.closeReason({ characters, bytes: reason.length, shown: quoted(text) });
  const end = start + bytes.length;
  const span = { field: 'close-reason', start: start + 2, end, meaning: said, section: '5.5.1' };
  spans.push(withParts(span, () => characterSpans(reason, start + 2, new Uint8Array(0))));
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

function jsonWords(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === null || typeof value !== 'object') {
    return typeof value === 'string' ? `the text ${quoted(value)}` : String(value);
  }
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an object without keys';
  const shown = keys.slice(0, 6).map((key) => quoted(key, 20));
  return `an object with ${shown.join(', ')}${keys.length > 6 ? ` and ${keys.length - 6} more` : ''}`;
}
