/**
 * Reads and writes a student's progress.json.
 * @module
 */

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import type { Language } from '../texts/language.js';
import { whyNot } from './file-error.js';
import { Progress, parseProgress } from './progress.js';
import { freeName } from './student-folder.js';
import { readText } from './text-file.js';

/** Reads a file. @throws Error that says what is wrong with it, in one line */
export function readProgress(path: string): Progress {
  return parseProgress(readText(path));
}

/** Writes a file whole or not at all. */
export function writeProgress(path: string, progress: Progress): void {
  const beside = `${path}.${process.pid}.tmp`;
  writeFileSync(beside, progress.toText());
  renameSync(beside, path);
}

/** A file that could not be read, and where it is kept. */
export interface Broken {
  /** What is wrong with it. */
  readonly message: string;
  /** Its new name; null where it could not be moved away, so that it must not be written over. */
  readonly backup: string | null;
}

/**
 * Opens a student's progress. There is none yet where there is no file; a file that cannot be read
 * is renamed, so that nothing in it is lost.
 *
 * @param language in which it is said what is wrong with one
 */
export function openProgress(
  path: string,
  language?: Language,
): { progress: Progress; broken: Broken | null } {
  if (!existsSync(path)) return { progress: new Progress(), broken: null };
  try {
    return { progress: readProgress(path), broken: null };
  } catch (error) {
    const message = whyNot(error, language);
    return { progress: new Progress(), broken: { message, backup: movedAway(path) } };
  }
}

function movedAway(path: string): string | null {
  const backup = freeName(path, 'broken');
  try {
    renameSync(path, backup);
    return backup;
  } catch {
    return null;
  }
}
