/**
 * The head of a request, and the accept value, where they may be a student's: lessons 8 and 9.
 * @module
 */

import { acceptKey, ServerHandshake, type ServerHandshakeOptions } from '../websocket/handshake.js';
import { type Head, HeadReader, HttpError } from '../websocket/http.js';
import type { YourParts } from './your-parts.js';

/** A server's side of the handshake that asks the student's parts. */
export function ownHandshake(yours: YourParts, options: ServerHandshakeOptions): ServerHandshake {
  return new ServerHandshake({
    ...options,
    reader: new OwnHeadReader(yours, options.maxLength),
    acceptKey: (key) => yours.ask('accept-key', 'acceptKey', [key], acceptKey(key)),
  });
}

/** What lesson 8 keeps of a request. */
interface Reader {
  bytes: Uint8Array;
}

/** Asks for each piece; what lesson 8 does not promise of a request, the kit reads by itself. */
class OwnHeadReader extends HeadReader {
  readonly #yours: YourParts;
  readonly #most: number;
  readonly #reader: Reader = { bytes: new Uint8Array(0) };
  #isPlain = true;

  constructor(yours: YourParts, maxLength = 16_384) {
    super(maxLength);
    this.#yours = yours;
    this.#most = maxLength;
  }

  override feed(bytes: Uint8Array): Head | null {
    // "every request is well formed": before its first letter there is nothing, and each is ASCII
    if (this.length === 0 && bytes[0] === 0x0d) this.#isPlain = false;
    let head: Head | null;
    try {
      head = super.feed(bytes);
    } catch (error) {
      if (error instanceof HttpError && error.status === 431) this.#ask(bytes, 'too long');
      throw error;
    }
    if (head === null) {
      this.#ask(bytes, 'more');
      return null;
    }
    const { startLine, headers, repeated, rest } = head;
    if (repeated.size > 0) this.#isPlain = false; // "no field comes twice here"
    const given = this.#ask(bytes, { startLine, fields: headers, rest });
    return typeof given === 'string' ? head : { ...head, startLine: given.startLine };
  }

  #ask<T>(bytes: Uint8Array, expected: T): T {
    const behind = typeof expected === 'object' ? (expected as { rest?: Uint8Array }).rest : null;
    const end = bytes.length - (behind?.length ?? 0);
    if (bytes.subarray(0, end).some((byte) => byte >= 0x80)) this.#isPlain = false;
    if (!this.#isPlain) return expected;
    return this.#yours.ask(
      'head',
      'takeBytes',
      [this.#reader, new Uint8Array(bytes), this.#most],
      expected,
    );
  }
}
