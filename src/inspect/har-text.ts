/**
 * The messages of a HAR as lines of 80 columns.
 * @module
 */

import { toHex } from '../bytes.js';
import type { Language } from '../texts/language.js';
import { cut } from '../trace/columns.js';
import { dateOf, secondsBetween } from './capture-time.js';
import { quoted } from './characters.js';
import type { HarMessage } from './named-streams.js';
import type { InspectionLine } from './text.js';
import { type InspectionSay, wordsIn } from './words.js';

const WIDTH = 80;
/** Bytes that are written out of what is no text. */
const MOST_BYTES = 16;

/** Writes messages: what each is, and what it begins with. */
export function* messageLines(
  messages: readonly HarMessage[],
  language?: Language,
): Generator<InspectionLine> {
  const say = wordsIn(language);
  for (const [i, message] of messages.entries()) {
    const head = messageHead(message, i + 1, messages[i - 1] ?? null, say);
    yield { kind: 'head', text: cut(head, WIDTH) };
    yield { kind: 'bytes', text: cut(`        ${messageBegins(message)}`, WIDTH) };
  }
}

/** What a message is. @param n its number, from 1 */
export function messageHead(
  { direction, time, opcodeName, bytes }: HarMessage,
  n: number,
  before: HarMessage | null,
  say: InspectionSay,
): string {
  const values = { n, opcode: opcodeName, length: bytes.length };
  if (time === null) return say(`har.message.${direction}`, values);
  const since = before?.time == null ? null : secondsBetween(before.time, time);
  const date = dateOf(time);
  const when = since === null ? date : say('har.since', { time: date, since });
  return say(`har.message.${direction}.timed`, { ...values, when });
}

/** What it begins with: text in quotes, or bytes in hex. */
export function messageBegins({ text, bytes }: HarMessage): string {
  if (text !== null) return quoted(text);
  const hex = toHex(bytes.subarray(0, MOST_BYTES)).replace(/..(?!$)/g, '$& ');
  return bytes.length > MOST_BYTES ? `${hex} …` : hex;
}

/** A message in the JSON form. */
export function messageValue({ direction, time, opcode, opcodeName, bytes, text }: HarMessage) {
  const when = time === null ? null : dateOf(time);
  const value = { direction, time: when, opcode, opcodeName, length: bytes.length };
  return text === null ? { ...value, hex: toHex(bytes) } : { ...value, text };
}
