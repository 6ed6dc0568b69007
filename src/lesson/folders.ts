/**
 * Folders: whether one is there, and how one is made.
 * @module
 */

import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What cannot be looked at is no folder. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Makes a folder, and those above it, where they are not there. Step by step: Node's own `recursive` does not
 * come back from below /proc, which is there and says ENOENT to who makes something in it.
 *
 * @param mode of those that are made
 * @throws Error of the system
 */
export function makeFolder(path: string, mode?: number): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (!isFolder(path)) throw error; // else someone was faster
  }
}
