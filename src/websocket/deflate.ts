/**
 * Messages compressed and inflated, RFC 7692 section 7.2, by functions that the caller brings: they
 * keep no state, so what a message may look back at is handed to them as a dictionary.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { type DeflateParameters, SMALLEST_WINDOW_BITS } from './deflate-offer.js';
import type { Role } from './frame.js';
import { type Problem, problemOf } from './problem.js';

/** Raw DEFLATE (RFC 1951) as two synchronous functions; `nodeCompression` is Node's. */
export interface Compression {
  /**
   * Compresses.
   *
   * @param bytes not changed
   * @param options `dictionary`: what stands in front of them, which the other end has too;
   *   `windowBits`: how far back to look, 9 to 15
   * @returns blocks that end with an empty one at the border of a byte (zlib's sync flush): the last
   *   four bytes are 00 00 ff ff
   */
  deflate(bytes: Uint8Array, options: { dictionary: Uint8Array; windowBits: number }): Uint8Array;
  /**
   * Inflates a whole stream. A block that says it is the last does not end it: further blocks may
   * follow at the next byte (RFC 7692 7.2.3.4).
   *
   * @param options `maxLength`: most bytes to return; no memory is taken for more
   * @throws InflateError when more would come out, and when the stream is not whole or no DEFLATE
   */
  inflate(bytes: Uint8Array, options: { dictionary: Uint8Array; maxLength: number }): Uint8Array;
}

/** Compressed bytes that cannot be inflated. */
export class InflateError extends Error {
  /** `InflateError`. */
  override readonly name = 'InflateError';
  /** Whether the limit was met, or the bytes are bad. */
  readonly kind: 'too-long' | 'bad-data';

  constructor(kind: InflateError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** That permessage-deflate was agreed on, and how it is done. */
export interface DeflateOptions {
  /** What was agreed on in the handshake. */
  parameters: DeflateParameters;
  /** The two functions. */
  compression: Compression;
  /** Messages shorter than this, in bytes, go out as they are. Default 1,024. */
  threshold?: number;
}

/** One end's way of compressing, of what was agreed on. */
interface Direction {
  contextTakeover: boolean;
  windowBits: number;
}

function directionOf(parameters: DeflateParameters, from: Role): Direction {
  return from === 'client'
    ? {
        contextTakeover: !parameters.clientNoContextTakeover,
        windowBits: parameters.clientMaxWindowBits,
      }
    : {
        contextTakeover: !parameters.serverNoContextTakeover,
        windowBits: parameters.serverMaxWindowBits,
      };
}

/** Compresses the messages of one end. */
export class Deflater {
  readonly #compression: Compression;
  readonly #direction: Direction;
  readonly #threshold: number;
  readonly #history = new History();

  /** @param from our own role */
  constructor({ compression, parameters, threshold = 1_024 }: DeflateOptions, from: Role) {
    this.#compression = compression;
    this.#direction = directionOf(parameters, from);
    this.#threshold = threshold;
  }

  /**
   * Compresses a message.
   *
   * @returns the payload for frames whose first has RSV1 set; null for a message that had better go
   *   out as it is
   * @see RFC 7692 7.2.1
   */
  deflate(payload: Uint8Array): Uint8Array | null {
    const { contextTakeover, windowBits } = this.#direction;
    if (payload.length < this.#threshold || windowBits < SMALLEST_WINDOW_BITS) return null;
    const dictionary = this.#history.bytes;
    const blocks = this.#compression.deflate(payload, { dictionary, windowBits });
    // 7.2.1: "Remove 4 octets (that are 0x00 0x00 0xff 0xff) from the tail end"
    const compressed = blocks.subarray(0, -4);
    if (compressed.length >= payload.length) return null; // the other end never sees it: not kept
    if (contextTakeover) this.#history.push(payload, windowBits);
    return compressed;
  }
}

/**
 * The empty block that the sender took off (7.2.2), and one more that says it is the last: so a
 * stream that was cut off is told from a whole one.
 */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff, 0x01, 0x00, 0x00, 0xff, 0xff);

const EMPTY = new Uint8Array(0);

/** Inflates the messages of the other end. */
export class Inflater {
  readonly #inflate: Compression['inflate'];
  readonly #contextTakeover: boolean;
  readonly #history = new History();

  /** @param from the other end's role */
  constructor(inflate: Compression['inflate'], parameters: DeflateParameters, from: Role) {
    this.#inflate = inflate;
    this.#contextTakeover = directionOf(parameters, from).contextTakeover;
  }

  /**
   * Inflates a message.
   *
   * @param payload the payloads of its frames, joined
   * @param maxLength of what comes out, in bytes
   * @returns the message, or what is wrong; after that the connection is over
   * @see RFC 7692 7.2.2
   */
  inflate(payload: Uint8Array, maxLength: number): Uint8Array | Problem {
    // zlib asked to flush twice gives nothing the second time, and some send that for an empty message
    if (payload.length === 0) return EMPTY;
    const dictionary = this.#history.bytes;
    const stream = joinBytes([payload, TAIL]);
    let inflated: Uint8Array;
    try {
      inflated = this.#inflate(stream, { dictionary, maxLength });
    } catch (error) {
      if (error instanceof InflateError) return inflateProblem(error, payload.length, maxLength);
      throw error;
    }
    if (this.#contextTakeover) this.#history.push(inflated, 15);
    return inflated;
  }
}

function inflateProblem({ kind, message }: InflateError, length: number, limit: number): Problem {
  if (kind === 'too-long') {
    // RFC 6455 7.4.1: 1009 is for "a message that is too big for it to process"
    const [values, text] = [{ length, limit }, 'message-too-big.inflated'] as const;
    return problemOf({ code: 'message-too-big', closeCode: 1009, section: '7.4.1', values, text });
  }
  // RFC 7692 names no code. The frames are right and what they hold is not what RSV1 says of it:
  // RFC 6455 7.4.1 has 1007 for "data within a message that was not consistent with the type"
  return problemOf({
    code: 'bad-deflate',
    closeCode: 1007,
    section: 'RFC 7692 7.2.2',
    values: { length, why: message },
  });
}

/** The last bytes that went through, as far as a window reaches: at most 32 KiB. */
class History {
  bytes: Uint8Array = EMPTY;

  push(bytes: Uint8Array, windowBits: number): void {
    const size = 2 ** windowBits;
    const recent = bytes.subarray(-size);
    const kept = this.bytes.subarray(Math.max(0, this.bytes.length + recent.length - size));
    this.bytes = joinBytes([kept, recent]); // a copy: it must not hold a message of 64 MiB
  }
}
