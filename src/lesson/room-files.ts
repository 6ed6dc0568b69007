/**
 * Finds the students' files of a room in a folder, under all the names that mail, browsers and
 * editors give them, and says of every other entry why it does not count. Prints nothing.
 * @module
 */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../texts/language.js';
import { whyNot } from './file-error.js';
import { isFolder } from './folders.js';
import type { Progress } from './progress.js';
import { readProgress } from './progress-file.js';
import { whyNotRead } from './text-file.js';
import { STUDENT_FOLDER } from './work-folder.js';

/** One student's file. */
export interface Student {
  /** The name of the folder or the file; of the file as it is, where two students have one name. */
  readonly name: string;
  /** What is in it. */
  readonly progress: Progress;
}

/** The files of a room. */
export interface Room {
  /** Those that could be read, by name. */
  readonly students: readonly Student[];
  /** Those that could not, and why. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
  /** Older copies of a file, which do not count, and the file that does. */
  readonly copies: readonly { readonly path: string; readonly of: string }[];
  /** Files of one name that are no copies of each other, and count each. */
  readonly namesakes: readonly (readonly string[])[];
  /** Entries of the folder that are no student's. */
  readonly others: readonly string[];
}

/** A file that was read, or what came over the network, under what it is called. */
interface Found {
  readonly file: string;
  readonly progress: Progress;
}

/** What came of a student by itself, beside the files. */
export interface Came extends Found {
  readonly name: string;
}

/** What systems leave behind in folders. */
export const OF_THE_SYSTEM = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

/** Windows hides the ending of a file, so that a second one is added. */
const JSON_FILE = /\.json(\.txt)?$/i;

/** What is added to the name of a copy: `Ada (1)`, `Ada(1)`, `Ada copy 2`, `Ada - Copy`. */
const COPY = /(?:\s+-\s+copy|\s+copy(?:\s+\d{1,3})?)?(?:\s*\(\d{1,3}\))?$/i;

/**
 * Finds `NAME.json`, `NAME/progress.json` and `NAME/loopscope-lessons/progress.json`.
 *
 * @param path of a folder that is there
 * @param language in which it is said why a file could not be read
 * @param came what came by itself
 * @param own names of files that are not for reading here
 * @throws Error of the system when it cannot be listed
 */
export function readRoom(
  path: string,
  language?: Language,
  came: readonly Came[] = [],
  own: readonly string[] = [],
): Room {
  const byName = new Map<string, Found[]>();
  for (const { name, ...found } of came) byName.set(name, [...(byName.get(name) ?? []), found]);
  const unreadable: { path: string; message: string }[] = [];
  const others: string[] = [];
  for (const entry of readdirSync(path).sort()) {
    if (OF_THE_SYSTEM.test(entry) || own.includes(entry)) continue;
    try {
      const files = progressFiles(path, entry);
      if (files.length === 0) others.push(entry);
      for (const file of files) {
        try {
          const found = { file, progress: readProgress(join(path, file)) };
          const name = nameOf(entry);
          byName.set(name, [...(byName.get(name) ?? []), found]);
        } catch (error) {
          unreadable.push({ path: join(path, file), message: whyNot(error, language) });
        }
      }
    } catch (error) {
      unreadable.push({ path: join(path, entry), message: whyNotRead(error, language) });
    }
  }
  return { ...withoutCopies(byName), unreadable, others };
}

/** The files of one entry that hold progress, by their paths in the folder. */
function progressFiles(path: string, entry: string): string[] {
  if (!isFolder(join(path, entry))) return JSON_FILE.test(entry) ? [entry] : [];
  return [entry, join(entry, STUDENT_FOLDER)]
    .filter((folder) => isFolder(join(path, folder)))
    .flatMap((folder) => {
      const names = readdirSync(join(path, folder)).sort();
      const isProgress = (name: string): boolean =>
        JSON_FILE.test(name) && stemOf(name).toLowerCase() === 'progress';
      return names.filter(isProgress).map((name) => join(folder, name));
    });
}

/** The student's name. All are called progress as they are handed in, so there a number tells them apart. */
function nameOf(entry: string): string {
  const stem = stemOf(entry);
  return stem.toLowerCase() === 'progress' ? entry.replace(JSON_FILE, '') : stem;
}

function stemOf(name: string): string {
  return name.normalize('NFC').replace(JSON_FILE, '').replace(COPY, '');
}

/** One file a student: an older copy holds nothing that the later one does not. */
function withoutCopies(
  byName: ReadonlyMap<string, readonly Found[]>,
): Pick<Room, 'students' | 'copies' | 'namesakes'> {
  const students: Student[] = [];
  const copies: { path: string; of: string }[] = [];
  const namesakes: string[][] = [];
  for (const [name, all] of byName) {
    let kept: Found[] = [];
    for (const found of all) {
      const later = kept.find(({ progress }) => progress.holds(found.progress));
      if (later !== undefined) {
        copies.push({ path: found.file, of: later.file });
        continue;
      }
      const older = kept.filter(({ progress }) => found.progress.holds(progress));
      copies.push(...older.map(({ file }) => ({ path: file, of: found.file })));
      kept = [...kept.filter((one) => !older.includes(one)), found];
    }
    if (kept.length > 1) namesakes.push(kept.map(({ file }) => file));
    for (const { file, progress } of kept) {
      students.push({ name: kept.length > 1 ? file : name, progress });
    }
  }
  return { students, copies, namesakes };
}
