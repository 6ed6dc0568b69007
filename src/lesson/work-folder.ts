/**
 * Which folder is the student's, seen from where a command was given. Makes and reads nothing in it, and
 * leaves nothing behind where it tries whether there can be one.
 * @module
 */

import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFolder } from './folders.js';

/** Its name. */
export const STUDENT_FOLDER = 'loopscope-lessons';

/** The clone that runs; null where it is an installed package. */
const CLONE = cloneOf(fileURLToPath(new URL('../..', import.meta.url)));

/**
 * The folder, which may not be there yet: this one or one above, or one that lies beside this or in a
 * folder above, up to the project that this is in. In a clone it lies at the top.
 *
 * @param from where the command was given
 * @param clone the path of the clone that runs
 */
export function workFolder(from: string, clone: string | null = CLONE): string {
  const here = resolve(from);
  const above = [...upFrom(here)];
  const named = above.find((path) => basename(path) === STUDENT_FOLDER);
  if (named !== undefined) return named;
  for (const path of above) {
    const found = join(path, STUDENT_FOLDER);
    if (isFolder(found)) return found;
    // npx goes no further either
    if (path === clone || ['package.json', 'node_modules'].some((n) => existsSync(join(path, n)))) {
      break;
    }
  }
  return join(clone !== null && isInClone(here, clone) ? clone : here, STUDENT_FOLDER);
}

/**
 * The folder to work in: that one, or where nothing can be written there, as on a stick that is locked, the
 * one at home. It stays where it is if that is no better.
 *
 * @param folder which may not be there yet
 */
export function writableFolder(folder: string, home: string = homedir()): string {
  const atHome = join(home, STUDENT_FOLDER);
  return canWriteIn(folder) || !canWriteIn(atHome) ? folder : atHome;
}

/** Tried, since the bits of a folder know nothing of the switch of a stick, nor of the rights of Windows. */
function canWriteIn(folder: string): boolean {
  const [there = folder] = [...upFrom(resolve(folder))].filter(isFolder);
  try {
    rmdirSync(mkdtempSync(join(there, '.loopscope-')));
    return true;
  } catch (error) {
    // what else may be in the way is no better at home, or is for the student to see
    return !['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '');
  }
}

/** Whether a path is in the clone, or is the clone. */
export function isInClone(path: string, clone: string | null = CLONE): boolean {
  if (clone === null) return false;
  const way = relative(clone, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(clone, way) === resolve(path);
}

function cloneOf(root: string): string | null {
  return root.split(/[\\/]/).includes('node_modules') ? null : resolve(root);
}

function* upFrom(path: string): Generator<string> {
  yield path;
  if (dirname(path) !== path) yield* upFrom(dirname(path));
}
