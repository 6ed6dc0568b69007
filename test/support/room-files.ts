/**
 * The files of a room, and what was read of them.
 * @module
 */

import { Progress } from '../../src/lesson/progress.js';
import type { Room } from '../../src/lesson/room-files.js';

/** A progress file in which the exercise of lesson 1 was checked so often. */
export function checked(times: number, failure = 'wrong.a'): string {
  const progress = new Progress();
  for (let i = 0; i < times; i++) progress.check(1, failure);
  return progress.toText();
}

/** The names of the students, and how often each has checked. */
export function countsOf({ students }: Room): Record<string, number> {
  return Object.fromEntries(students.map(({ name, progress }) => [name, progress.of(1).checks]));
}

/** Why each file was not read, by its path in the folder of the room. */
export function reasonsIn(folder: string, { unreadable }: Room): Record<string, string> {
  const short = (path: string): string => path.slice(folder.length + 1);
  return Object.fromEntries(unreadable.map(({ path, message }) => [short(path), message]));
}
