/**
 * A file, a pipe or the standard input as its bytes come; what gzip has packed is unpacked on the
 * way. Nothing is kept but what is asked for.
 * @module
 */

import { createReadStream, statSync } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import { joinBytes } from '../bytes.js';
import { isGzip } from '../inspect/streams.js';
import { Failure } from './failure.js';
import type { Progress } from './progress.js';

/** Bytes that are asked for at a time. */
const CHUNK = 1 << 18;

/** What can be read once, from its beginning. */
export class Chunks {
  readonly #next: AsyncIterator<Uint8Array>;
  #looked: Uint8Array = new Uint8Array(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#next = chunks[Symbol.asyncIterator]();
  }

  /** The first bytes, at least so many as far as they come; they are read again afterwards. */
  async look(length: number): Promise<Uint8Array> {
    while (this.#looked.length < length) {
      const { done, value } = await this.#next.next();
      if (done === true) break;
      this.#looked = joinBytes([this.#looked, value]);
    }
    return this.#looked;
  }

  /** All of it, in order. */
  async *all(): AsyncGenerator<Uint8Array> {
    if (this.#looked.length > 0) yield this.#looked;
    this.#looked = new Uint8Array(0);
    yield* { [Symbol.asyncIterator]: () => this.#next };
  }

  /** As much of it as is allowed, and whether there is more. */
  async upTo(most: number): Promise<{ bytes: Uint8Array; isCut: boolean }> {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of this.all()) {
      pieces.push(piece);
      length += piece.length;
      if (length > most) break;
    }
    const bytes = joinBytes(pieces);
    return { bytes: bytes.subarray(0, most), isCut: bytes.length > most };
  }
}

/** What was opened. */
export interface Opened {
  readonly chunks: Chunks;
  /** Whether it may go on for ever, as a device does. */
  readonly isDevice: boolean;
  /** Whether what comes can be read in the file again, at any place. */
  readonly isPlaced: boolean;
}

/**
 * Opens a file, or `-` for the standard input.
 *
 * @param unpack whether gzip is unpacked
 * @param progress is told how far the file is read
 * @throws Failure 2, while it is read too, when it cannot be
 */
export async function openChunks(
  file: string,
  unpack: boolean,
  progress: Progress,
): Promise<Opened> {
  const read = reading(file, progress);
  const chunks = new Chunks(read);
  const isPacked = unpack && isGzip(await chunks.look(2));
  const kind = file === '-' ? undefined : statSync(file, { throwIfNoEntry: false });
  const [isDevice, isFile] = [kind?.isCharacterDevice() === true, kind?.isFile() === true];
  if (!isPacked) return { chunks, isDevice, isPlaced: isFile };
  return { chunks: new Chunks(unpacked(file, chunks)), isDevice, isPlaced: false };
}

async function* reading(file: string, progress: Progress): AsyncGenerator<Uint8Array> {
  try {
    if (file !== '-') progress.begin(statSync(file).size);
    const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK });
    for await (const chunk of source) {
      progress.add(chunk.length);
      yield new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.length);
    }
  } catch (error) {
    throw new Failure('inspect.unread', { file, message: (error as Error).message }, 2);
  }
}

/** What gzip has packed, as far as it is there. */
async function* unpacked(file: string, chunks: Chunks): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: CHUNK });
  pipeline(Readable.from(chunks.all()), gunzip, () => {}); // an error comes out below
  try {
    for await (const chunk of gunzip) yield new Uint8Array(chunk);
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('inspect.unpacked', { file, message: (error as Error).message }, 2);
  }
}
