/**
 * UTF-8, checked as it comes in: a wrong byte is found when it arrives, not when the message ends.
 * @module
 */

import type { ByteTools } from '../bytes.js';

/**
 * Checks a stream of UTF-8 piece by piece (RFC 3629: no overlong forms, no surrogates, nothing
 * above U+10FFFF).
 */
export class Utf8Checker {
  readonly #tools: ByteTools | null;
  /** Continuation bytes that the character begun still needs. */
  #needed = 0;
  /** What the next continuation byte may be: 0x80 to 0xbf, but narrower behind e0, ed, f0 and f4. */
  #low = 0x80;
  #high = 0xbf;
  #position = 0;

  /** @param tools where they are handed in, they look at long pieces first */
  constructor(tools: ByteTools | null = null) {
    this.#tools = tools;
  }

  /** Whether the text so far ends between two characters. */
  get complete(): boolean {
    return this.#needed === 0;
  }

  /** Bytes checked so far. */
  get position(): number {
    return this.#position;
  }

  /**
   * Checks the next piece.
   *
   * @returns the position in the whole stream of the first byte that cannot be UTF-8, or -1
   */
  push(piece: Uint8Array): number {
    const start = this.#position;
    let at = 0;
    // what is left of a character that began in the piece before
    for (; this.#needed > 0 && at < piece.length; at++) {
      if (!this.#take(piece[at] as number)) return start + at;
    }
    for (at += this.#goodStart(piece, at); at < piece.length; at++) {
      if (!this.#take(piece[at] as number)) return start + at;
    }
    this.#position = start + piece.length;
    return -1;
  }

  /** How many bytes from `at` on are seen to be good at once: of a long piece nearly all. */
  #goodStart(piece: Uint8Array, at: number): number {
    const rest = at === 0 ? piece : piece.subarray(at);
    if (this.#tools === null || rest.length < TOOLS_PAY_FROM) return asciiEnd(rest);
    // the last character may go on in the next piece
    const end = lastFirstByte(rest);
    return this.#tools.isUtf8(rest.subarray(0, end)) ? end : 0;
  }

  /** Takes a byte; false when it cannot stand there. */
  #take(byte: number): boolean {
    if (this.#needed === 0) return byte < 0x80 || this.#begin(byte);
    if (byte < this.#low || byte > this.#high) return false;
    this.#needed--;
    this.#low = 0x80;
    this.#high = 0xbf;
    return true;
  }

  /** Takes the first byte of a character of several bytes; false when there is no such first byte. */
  #begin(byte: number): boolean {
    // #region lesson-begin
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.#needed = 1;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      this.#needed = 2;
      if (byte === 0xe0) this.#low = 0xa0; // below: a longer form than needed
      if (byte === 0xed) this.#high = 0x9f; // above: a surrogate
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      this.#needed = 3;
      if (byte === 0xf0) this.#low = 0x90; // below: a longer form than needed
      if (byte === 0xf4) this.#high = 0x8f; // above: over U+10FFFF
    } else {
      return false;
    }
    // #endregion
    return true;
  }
}

/** Below this many bytes a call of the machine costs more than the loop. */
const TOOLS_PAY_FROM = 64;

/** Where the last character begins: behind it stand at most three continuation bytes. */
function lastFirstByte(piece: Uint8Array): number {
  let at = piece.length - 1;
  while (at > piece.length - 4 && ((piece[at] as number) & 0b1100_0000) === 0b1000_0000) at--;
  return at;
}

/** Below this many bytes a byte loop wins over setting up a view of words. */
const WORDS_PAY_FROM = 64;

/** Where the ASCII at the beginning of a piece ends, perhaps a word too early: texts are mostly that. */
function asciiEnd(piece: Uint8Array): number {
  const { length } = piece;
  // bytes in front of the first aligned word, or all where words do not pay
  const head = length < WORDS_PAY_FROM ? length : -piece.byteOffset & 3;
  for (let i = 0; i < head; i++) if ((piece[i] as number) >= 0x80) return i;
  if (head === length) return length;
  const words = new Uint32Array(piece.buffer, piece.byteOffset + head, (length - head) >>> 2);
  let n = 0;
  while (n < words.length && ((words[n] as number) & 0x8080_8080) === 0) n++;
  return head + 4 * n;
}
