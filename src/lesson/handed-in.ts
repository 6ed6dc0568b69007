/**
 * Finds the exercises that students have handed in: a folder a student, in it what the student's own folder
 * has. Looks where they lie; runs none of them.
 * @module
 */

import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, isAbsolute, join, relative } from 'node:path';
import type { Language } from '../texts/language.js';
import { FileError } from './file-error.js';
import { isFolder } from './folders.js';
import type { Lesson } from './lesson.js';
import { OF_THE_SYSTEM } from './room-files.js';
import { readText, whyNotRead } from './text-file.js';
import { STUDENT_FOLDER } from './work-folder.js';

/** An exercise that was handed in. */
export interface HandedIn {
  readonly lesson: Lesson;
  /** Its path. */
  readonly path: string;
  /** Why it is not to be run; null where it is. */
  readonly problem: string | null;
}

/** Who has handed in. */
export interface Handed {
  /** The name of the folder. */
  readonly name: string;
  /** In the order of the lessons; none where nothing was found. */
  readonly exercises: readonly HandedIn[];
}

/**
 * Finds `NAME/NN-lesson/exercise.ts` and `NAME/loopscope-lessons/NN-lesson/exercise.ts`, for each folder.
 *
 * @param language in which it is said why a file is not run
 * @throws Error of the system when the folder cannot be listed
 */
export function readHandedIn(
  path: string,
  lessons: readonly Lesson[],
  language?: Language,
): Handed[] {
  return readdirSync(path)
    .filter((name) => !OF_THE_SYSTEM.test(name) && isFolder(join(path, name)))
    .sort()
    .map((name) => {
      const exercises = lessons.flatMap((lesson) => {
        const found = exerciseIn(join(path, name), lesson);
        if (found === null) return [];
        return [{ lesson, path: found, problem: problemOf(found, join(path, name), language) }];
      });
      return { name, exercises };
    });
}

function exerciseIn(folder: string, { name }: Lesson): string | null {
  const places = [join(folder, STUDENT_FOLDER), folder];
  return (
    places.map((place) => join(place, name, 'exercise.ts')).find((one) => existsSync(one)) ?? null
  );
}

/** A link may lead to another's answer; and what is no text, or too long for an exercise, is not run. */
function problemOf(path: string, folder: string, language?: Language): string | null {
  try {
    const way = relative(realpathSync(folder), realpathSync(path));
    if (way.startsWith('..') || isAbsolute(way))
      throw new FileError('file.link', { name: basename(path) });
    readText(path);
    return null;
  } catch (error) {
    return whyNotRead(error, language);
  }
}
