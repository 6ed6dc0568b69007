/**
 * Compression for permessage-deflate by Node's zlib.
 * @module
 */

import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { joinBytes } from '../bytes.js';
import { type ErrorText, failingWith } from '../texts/errors.js';
import type { Values } from '../texts/say.js';
import { type Compression, InflateError } from '../websocket/deflate.js';

/** Last blocks in one message: a new inflating for each costs far more than the two bytes it comes in. */
const MOST_LAST_BLOCKS = 1_000;

/** Node's zlib as the two functions that a connection takes. */
export const nodeCompression: Compression = {
  deflate(bytes, { dictionary, windowBits }) {
    const length = dictionary.length + bytes.length;
    const bits = Math.min(windowBits, windowFor(length));
    const options = { dictionary, windowBits: bits, finishFlush: constants.Z_SYNC_FLUSH };
    return plain(deflateRawSync(bytes, options));
  },

  inflate(bytes, { dictionary, maxLength }) {
    const parts: Uint8Array[] = [];
    let before = dictionary;
    let length = 0;
    for (let at = 0; at < bytes.length; ) {
      if (parts.length > MOST_LAST_BLOCKS) {
        throw failed('bad-data', 'net.last-blocks', { most: MOST_LAST_BLOCKS });
      }
      const { buffer, taken } = inflatePart(bytes.subarray(at), before, maxLength - length);
      parts.push(buffer);
      at += taken;
      length += buffer.length;
      if (at < bytes.length) before = joinBytes([before, buffer]).slice(-32_768);
    }
    const [first, ...more] = parts;
    return first !== undefined && more.length === 0 ? first : joinBytes(parts);
  },
};

/** Zlib looks back by so much less than its window (MIN_LOOKAHEAD). */
const NOT_LOOKED_AT = 262;

/**
 * The window, in bits, in which all of it can be looked back at: zlib takes, clears and gives back memory
 * for the whole window, for each message.
 */
function windowFor(length: number): number {
  return Math.max(9, Math.ceil(Math.log2(length + NOT_LOOKED_AT)));
}

/** `info` is missing in the types of Node's zlib: it adds the engine, which knows how much it took. */
interface InflatedPart {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

/** Inflates up to the end of a last block. */
function inflatePart(
  bytes: Uint8Array,
  dictionary: Uint8Array,
  maxLength: number,
): { buffer: Uint8Array; taken: number } {
  try {
    // 0 is no limit that Node takes, and one byte more than nothing is checked for below
    const options = { dictionary, maxOutputLength: Math.max(1, maxLength), info: true };
    const { buffer, engine } = inflateRawSync(bytes, options) as unknown as InflatedPart;
    if (buffer.length > maxLength) throw failed('too-long', 'net.too-long', { limit: maxLength });
    return { buffer: plain(buffer), taken: engine.bytesWritten };
  } catch (error) {
    if (error instanceof InflateError || !(error instanceof Error)) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new InflateError('too-long', message);
    if (code?.startsWith('Z_')) throw new InflateError('bad-data', message);
    throw error;
  }
}

function failed(kind: InflateError['kind'], text: ErrorText, values: Values): InflateError {
  return failingWith((message) => new InflateError(kind, message), text, values);
}

/** No Buffer, whose `slice` does not copy. */
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length);
}
