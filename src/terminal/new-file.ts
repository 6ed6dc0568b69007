/**
 * Files that a command makes: what is there already is written over only when that is asked for.
 * @module
 */

import { closeSync, lstatSync, openSync, statSync, writeFileSync } from 'node:fs';
import { Failure } from './failure.js';

/**
 * Opens a file for writing, empty. What is no file (a device, a pipe) and what is empty is taken as
 * it is.
 *
 * @param what what is to be written, for the sentence: `the trace`
 * @param force whether a file that holds something is written over
 * @returns its descriptor
 * @throws Failure where it holds something, or cannot be written
 */
export function openNew(path: string, what: string, force = false): number {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!force && found?.isFile() && found.size > 0) {
      throw new Failure(
        `cannot write ${what}: ${path} is there already; give another name, or --force to write over it`,
      );
    }
    if (!force && found === undefined && isLink(path)) {
      throw new Failure(
        `cannot write ${what}: ${path} is a link to what is not there; give the name of a file, or --force to make the one that it leads to`,
      );
    }
    return openSync(path, found === undefined && !force ? 'wx' : 'w');
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`cannot write ${what}: ${(error as Error).message}`);
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

/** Writes a whole file. @throws Failure as `openNew` does */
export function writeNew(path: string, what: string, text: string, force?: boolean): void {
  const file = openNew(path, what, force);
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Failure(`cannot write ${what}: ${(error as Error).message}`);
  } finally {
    closeSync(file);
  }
}
