/**
 * Reads a text that someone else has written and named: it may be no file, no text, or without end.
 * @module
 */

import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

/** What is kept in such a file takes a few thousand. */
const MOST_BYTES = 1 << 20;

/** What the system says of a file, in words. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'it may not be read by this user'],
  ['EPERM', 'it may not be read by this user'],
  ['ELOOP', 'it is a link that leads in a circle'],
  ['ENOENT', 'it is a link that leads nowhere, or its name is not in UTF-8'],
]);

/**
 * Reads UTF-8 or UTF-16, with a mark of the byte order or without.
 *
 * @throws Error that says in a few words why it cannot be read
 */
export function readText(path: string): string {
  return decoded(readBytes(path));
}

/** Why a file or a folder could not be opened, in a few words. */
export function whyNotRead(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : (REASONS.get(code) ?? `it cannot be read (${code})`);
}

function readBytes(path: string): Uint8Array {
  let fd: number | null = null;
  try {
    // what is no file is not even opened; should it become one meanwhile, opening must not wait
    if (!statSync(path).isFile()) throw new Error('it is no plain file');
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(fd).isFile()) throw new Error('it is no plain file');
    return readUpTo(fd, MOST_BYTES);
  } catch (error) {
    throw new Error(whyNotRead(error));
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
    if (length > most) throw new Error(`it is larger than ${most.toLocaleString('en')} bytes`);
  }
}

function decoded(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new Error('it is empty');
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes); // without its mark
  } catch {
    throw new Error('it is text neither in UTF-8 nor in UTF-16');
  }
}

/** JSON begins with a character of ASCII, so a zero beside it tells UTF-16 without a mark (RFC 4627 3). */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
