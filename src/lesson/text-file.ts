/**
 * Reads a text that someone else has written and named: it may be no file, no text, or without end.
 * @module
 */

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Language } from '../texts/language.js';
import { FileError, whyNot } from './file-error.js';
import type { TextKey } from './texts.js';

/** What is kept in such a file takes a few thousand. */
const MOST_BYTES = 1 << 20;

/** What the system says of a file, in words. */
const REASONS: ReadonlyMap<string, TextKey> = new Map([
  ['EACCES', 'file.denied'],
  ['EPERM', 'file.denied'],
  ['ELOOP', 'file.circle'],
  ['ENOENT', 'file.lost'],
] as const);

/**
 * Reads UTF-8 or UTF-16, with a mark of the byte order or without.
 *
 * @throws FileError that says in a few words why it cannot be read
 */
export function readText(path: string): string {
  return decoded(readBytes(path));
}

/** Why a file or a folder could not be opened, in a few words. */
export function whyNotRead(error: unknown, language?: Language): string {
  return whyNot(fileError(error), language);
}

/** The system's error as one of ours, where it has a code. */
function fileError(error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof FileError || code === undefined) return error as Error;
  const key = REASONS.get(code);
  return key === undefined ? new FileError('file.code', { code }) : new FileError(key);
}

function readBytes(path: string): Uint8Array {
  let fd: number | null = null;
  try {
    // what is no file is not even opened; should it become one meanwhile, opening must not wait
    if (!statSync(path).isFile()) throw new FileError('file.notPlain');
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(fd).isFile()) throw new FileError('file.notPlain');
    return readUpTo(fd, MOST_BYTES);
  } catch (error) {
    throw fileError(error);
  } finally {
    if (fd !== null) closeSync(fd);
  }
}

/** The size that a system gives for a file need not be true. */
function readUpTo(fd: number, most: number): Uint8Array {
  const bytes = new Uint8Array(most + 1);
  let length = 0;
  for (;;) {
    const read = readSync(fd, bytes, length, bytes.length - length, null);
    if (read === 0) return bytes.subarray(0, length);
    length += read;
    if (length > most) throw new FileError('file.larger', { most });
  }
}

function decoded(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new FileError('file.empty');
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes); // without its mark
  } catch {
    throw new FileError('file.encoding');
  }
}

/** JSON begins with a character of ASCII, so a zero beside it tells UTF-16 without a mark (RFC 4627 3). */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
