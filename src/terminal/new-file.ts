/**
 * Files that a command makes: what is there already is written over only when that is asked for.
 * @module
 */

import { closeSync, lstatSync, openSync, statSync, writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Failure } from './failure.js';

/** What is written. */
export type Written = 'trace' | 'diagram' | 'conversation' | 'server';

/**
 * Opens a file for writing, empty. What is no file (a device, a pipe) and what is empty is taken as
 * it is.
 *
 * @param what what is to be written, for the sentence
 * @param force whether a file that holds something is written over
 * @returns its descriptor
 * @throws Failure where it holds something, or cannot be written
 */
export function openNew(path: string, what: Written, force = false): number {
  const isThere = checkNew(path, what, force);
  try {
    return openSync(path, isThere || force ? 'w' : 'wx');
  } catch (error) {
    throw failed(what, error);
  }
}

/**
 * Looks before there is anything to write, and makes nothing.
 *
 * @returns whether there is something of that name
 * @throws Failure as `openNew` does, for what can be known by now
 */
export function checkNew(path: string, what: Written, force = false): boolean {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!force && found?.isFile() && found.size > 0) {
      throw new Failure('write.there', { what: { key: `write.${what}` }, path });
    }
    if (!force && found === undefined && isLink(path)) {
      throw new Failure('write.link', { what: { key: `write.${what}` }, path });
    }
    return found !== undefined;
  } catch (error) {
    throw error instanceof Failure ? error : failed(what, error);
  }
}

function failed(what: Written, error: unknown): Failure {
  const { message } = error as Error;
  return new Failure('write.failed', { what: { key: `write.${what}` }, message });
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Writes a whole file. @throws Failure as `openNew` does */
export function writeNew(path: string, what: Written, text: string, force?: boolean): void {
  const file = openNew(path, what, force);
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw failed(what, error);
  } finally {
    closeSync(file);
  }
}

/** `chat.ndjson` for the first loop, `chat.2.ndjson` for the second. */
export function numbered(path: string, number: number): string {
  if (number === 1) return path;
  const end = extname(path);
  return `${path.slice(0, path.length - end.length)}.${number}${end}`;
}
