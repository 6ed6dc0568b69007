/**
 * Where the bytes of a capture stay while it is read, so that a long one need not be in memory: in its file,
 * where that can be read at any place, or else in a temporary file, of which nothing is left behind.
 * @module
 */

import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteStore } from '../inspect/stored-bytes.js';
import { Failure } from './failure.js';

/** Bytes that are kept in memory before there is a temporary file, in blocks. */
const BLOCK = 1 << 20;
const MOST_BLOCKS = 32;
/** Bytes that are read at a time, where one read goes on behind another, and where it does not. */
const AHEAD = 1 << 18;
const ALONE = 1 << 12;

/** The bytes of one capture. */
export class CaptureStore implements ByteStore {
  readonly #file: PlacedFile | null;
  readonly #aside = new Aside();

  /** @param file one that can be read at any place; null for a pipe, and for what is packed */
  constructor(file: string | null) {
    this.#file = file === null ? null : PlacedFile.open(file);
  }

  keep(bytes: Uint8Array, at: number | null): number {
    if (this.#file !== null && at !== null) return at;
    return -1 - this.#aside.append(bytes); // -1, and so on down
  }

  read(place: number, start: number, end: number): Uint8Array {
    if (place < 0) return this.#aside.read(-1 - place + start, end - start);
    return (this.#file as PlacedFile).read(place + start, end - start);
  }

  /** Closes what was opened. */
  close(): void {
    this.#file?.close();
    this.#aside.close();
  }
}

/** A file that is read at places; what lies close behind is read with it. */
class PlacedFile {
  readonly #name: string;
  readonly #fd: number;
  /** What was read last, and where it begins. */
  #block = new Uint8Array(0);
  #at = 0;

  constructor(name: string, fd: number) {
    this.#name = name;
    this.#fd = fd;
  }

  static open(file: string): PlacedFile {
    try {
      return new PlacedFile(file, openSync(file, 'r'));
    } catch (error) {
      throw new Failure('inspect.unread', { file, message: (error as Error).message }, 2);
    }
  }

  /** @throws Failure 2 when it is not there any more */
  read(at: number, length: number): Uint8Array {
    const from = at - this.#at;
    if (from < 0 || from + length > this.#block.length) {
      const isOnward = from >= 0 && from <= this.#block.length + AHEAD;
      this.#block = new Uint8Array(Math.max(length, isOnward ? AHEAD : ALONE));
      this.#at = at;
      const here = this.#fill(at);
      if (here < length) throw new Failure('inspect.shorter', { file: this.#name }, 2);
    }
    return this.#block.subarray(at - this.#at, at - this.#at + length);
  }

  close(): void {
    closeSync(this.#fd);
  }

  /** Fills the block as far as there is something, and makes it as long. */
  #fill(at: number): number {
    const block = this.#block;
    let filled = 0;
    try {
      for (let read = -1; read !== 0 && filled < block.length; filled += read) {
        read = readSync(this.#fd, block, filled, block.length - filled, at + filled);
      }
    } catch (error) {
      const message = (error as Error).message;
      throw new Failure('inspect.unread', { file: this.#name, message }, 2);
    }
    this.#block = block.subarray(0, filled);
    return filled;
  }
}

/** Bytes that are put aside one behind the other: in memory, and when there are many in a temporary file. */
class Aside {
  /** Those behind what is in the file. */
  #blocks: Uint8Array[] = [];
  #inFile = 0;
  #length = 0;
  #file: PlacedFile | null = null;
  #fd = -1;

  /** @returns where they are */
  append(bytes: Uint8Array): number {
    const place = this.#length;
    for (let done = 0; done < bytes.length; ) {
      const within = (this.#length - this.#inFile) % BLOCK;
      if (within === 0) this.#addBlock();
      const piece = bytes.subarray(done, done + BLOCK - within);
      (this.#blocks.at(-1) as Uint8Array).set(piece, within);
      done += piece.length;
      this.#length += piece.length;
    }
    return place;
  }

  read(at: number, length: number): Uint8Array {
    const inFile = Math.max(0, Math.min(length, this.#inFile - at));
    if (inFile === length) return (this.#file as PlacedFile).read(at, length);
    const bytes = new Uint8Array(length);
    if (inFile > 0) bytes.set((this.#file as PlacedFile).read(at, inFile));
    for (let done = inFile; done < length; ) {
      const from = at + done - this.#inFile;
      const block = this.#blocks[Math.floor(from / BLOCK)] as Uint8Array;
      const piece = block.subarray(from % BLOCK, (from % BLOCK) + length - done);
      bytes.set(piece, done);
      done += piece.length;
    }
    return bytes;
  }

  close(): void {
    this.#file?.close();
  }

  #addBlock(): void {
    if (this.#blocks.length >= MOST_BLOCKS) this.#write();
    this.#blocks.push(new Uint8Array(BLOCK));
  }

  /** Puts all blocks into the file. */
  #write(): void {
    try {
      if (this.#file === null) this.#open();
      for (const block of this.#blocks) {
        for (let done = 0; done < BLOCK; ) done += writeSync(this.#fd, block, done);
        this.#inFile += BLOCK;
      }
    } catch (error) {
      const values = { folder: tmpdir(), message: (error as Error).message };
      throw new Failure('inspect.aside', values);
    }
    this.#blocks = [];
  }

  /** A file that is gone once it is closed, however this process ends. */
  #open(): void {
    const folder = mkdtempSync(join(tmpdir(), 'loopscope-'));
    try {
      const name = join(folder, 'capture');
      this.#fd = openSync(name, 'wx+', 0o600);
      this.#file = new PlacedFile(name, this.#fd);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
