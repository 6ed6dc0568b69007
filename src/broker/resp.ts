/**
 * RESP3, the protocol of Redis and Valkey, with no I/O: commands become bytes, and bytes that came
 * become values, wherever the stream was cut. It knows what pub/sub and a few keys need, and no more.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/
 * @module
 */

import { joinBytes, toUtf8 } from '../bytes.js';
import { failing } from '../texts/errors.js';

/** What a broker may send; more ends the connection, but a text that is too long is passed over. */
export interface RespLimits {
  /** Bytes of one text that are kept. Default `MAX_TEXT`. */
  maxText?: number;
  /** Bytes of all texts of one answer that are kept. Default 32 MiB. */
  maxTexts?: number;
  /** Parts of one answer, those of its parts included. Default 100,000. */
  maxParts?: number;
}

/** An answer of the broker's, or a part of one: a text is bytes, as it came. */
export type RespValue = null | number | Uint8Array | RespValue[] | RespFault | TooLong;

/** The broker could not do what it was asked: `WRONGPASS`, `NOAUTH` and the like. */
export class RespFault {
  /** Its words. */
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** In the place of a text that is longer than what is kept. */
export class TooLong {
  /** Its length in bytes. */
  readonly length: number;

  constructor(length: number) {
    this.length = length;
  }
}

/** What came: the next answer in the order of the commands, or a push, which nobody asked for. */
export type RespMessage =
  | { kind: 'answer'; value: RespValue }
  | { kind: 'push'; value: RespValue[] };

/** Bytes that are no RESP, or more than is taken. The connection cannot go on. */
export class RespError extends Error {
  /** `RespError`. */
  override readonly name = 'RespError';
}

/** The room's longest message, and what is around it. */
export const MAX_TEXT = 2 << 20;
/** The longest line: a type, a length, or the words of a fault. */
const MAX_LINE = 4_096;
/** Answers within answers. */
const MAX_DEPTH = 8;
const [CR, LF] = [13, 10];
const NOTHING = new Uint8Array(0);

/** Writes a command: `encodeCommand('PUBLISH', 'room', text)`. */
export function encodeCommand(...parts: readonly string[]): Uint8Array {
  const bulks = parts.map((part) => `$${toUtf8(part).length}\r\n${part}\r\n`);
  return toUtf8(`*${parts.length}\r\n${bulks.join('')}`);
}

/** Reads answers and pushes out of a stream. */
export class RespDecoder {
  readonly #maxText: number;
  readonly #maxTexts: number;
  readonly #maxParts: number;
  readonly #messages: Generator<RespMessage | null, never, void>;
  /** What came and was not read. */
  #bytes: Uint8Array = NOTHING;
  /** Of the message that is being read: its parts, and the bytes of its texts that are kept. */
  #parts = 0;
  #kept = 0;

  constructor({ maxText = MAX_TEXT, maxTexts = 32 << 20, maxParts = 100_000 }: RespLimits = {}) {
    this.#maxText = maxText;
    this.#maxTexts = maxTexts;
    this.#maxParts = maxParts;
    this.#messages = this.#all();
  }

  /** Takes the next bytes of the stream. */
  feed(bytes: Uint8Array): void {
    this.#bytes = this.#bytes.length === 0 ? bytes : joinBytes([this.#bytes, bytes]);
  }

  /**
   * Gives the next message.
   *
   * @returns null when what came holds no further whole one
   * @throws RespError when it is no RESP, or more than is taken; ask no further then
   */
  next(): RespMessage | null {
    return this.#messages.next().value;
  }

  /** One message after the other; null where bytes lack. */
  *#all(): Generator<RespMessage | null, never, void> {
    for (;;) {
      this.#parts = 0;
      this.#kept = 0;
      const line = yield* this.#line();
      if (line[0] === '>') {
        yield { kind: 'push', value: yield* this.#list(countOf(line, this.#maxParts), 0) };
      } else {
        yield { kind: 'answer', value: yield* this.#value(line, 0) };
      }
    }
  }

  *#value(line: string, depth: number): Generator<null, RespValue, void> {
    if (++this.#parts > this.#maxParts || depth > MAX_DEPTH) {
      throw failing(RespError, 'broker.parts', { most: this.#maxParts });
    }
    switch (line[0]) {
      case '+':
      case ',':
      case '(':
        return toUtf8(line.slice(1));
      case ':':
        return numberOf(line);
      case '-':
        return new RespFault(line.slice(1));
      case '_':
        return null;
      case '#':
        return line === '#t' ? 1 : 0;
      case '$':
      case '=':
        return yield* this.#text(numberOf(line));
      case '!': {
        const text = yield* this.#text(numberOf(line));
        return new RespFault(text instanceof Uint8Array ? latin1(text) : '');
      }
      case '*':
      case '~':
        if (line === '*-1') return null;
        return yield* this.#list(countOf(line, this.#maxParts), depth);
      case '%':
        return yield* this.#list(2 * countOf(line, this.#maxParts), depth);
      default:
        throw failing(RespError, 'broker.type', { type: JSON.stringify(line.slice(0, 20)) });
    }
  }

  *#list(count: number, depth: number): Generator<null, RespValue[], void> {
    const values: RespValue[] = [];
    for (let i = 0; i < count; i++) {
      values.push(yield* this.#value(yield* this.#line(), depth + 1));
    }
    return values;
  }

  /** So many bytes and CRLF; those of a text that is too long are let go as they come. */
  *#text(length: number): Generator<null, Uint8Array | TooLong | null, void> {
    if (length === -1) return null;
    if (length < 0) throw failing(RespError, 'broker.length', { length });
    const isKept = length <= this.#maxText && this.#kept + length <= this.#maxTexts;
    if (isKept) this.#kept += length;
    const parts: Uint8Array[] = [];
    for (let left = length; left > 0; ) {
      const part = this.#bytes.subarray(0, left);
      this.#bytes = this.#bytes.subarray(part.length);
      left -= part.length;
      if (isKept) parts.push(part);
      if (left > 0) yield null;
    }
    if ((yield* this.#line()) !== '') throw failing(RespError, 'broker.text-end');
    return isKept ? joinBytes(parts) : new TooLong(length);
  }

  /** The next line, without its CRLF. */
  *#line(): Generator<null, string, void> {
    for (let from = 0; ; ) {
      const end = this.#bytes.indexOf(LF, from);
      if (end < 0 ? this.#bytes.length > MAX_LINE : end > MAX_LINE) {
        throw failing(RespError, 'broker.line', { most: MAX_LINE });
      }
      if (end >= 0) {
        if (this.#bytes[end - 1] !== CR) throw failing(RespError, 'broker.line-end');
        const line = latin1(this.#bytes.subarray(0, end - 1));
        this.#bytes = this.#bytes.subarray(end + 1);
        return line;
      }
      from = this.#bytes.length;
      yield null;
    }
  }
}

/** What stands in a line is ASCII; anything else is one character a byte, and harms nobody. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The number behind a type. */
function numberOf(line: string): number {
  const number = Number(line.slice(1));
  if (line.length > 1 && Number.isSafeInteger(number)) return number;
  throw failing(RespError, 'broker.number', { line: JSON.stringify(line.slice(0, 20)) });
}

/** How many parts follow; none are waited for that would be too many. */
function countOf(line: string, most: number): number {
  const count = numberOf(line);
  if (count >= 0 && count <= most) return count;
  throw failing(RespError, 'broker.parts', { most });
}
