/**
 * A lesson as a class asks about it: its question, and the words for what a check may say of it.
 * @module
 */

/** A lesson, in the room's language. */
export interface ClassLesson {
  readonly number: number;
  readonly title: string;
  readonly question: string;
  readonly choices: readonly (readonly [letter: string, text: string])[];
  readonly answer: string;
  readonly because: string;
  /** What who chooses a wrong letter takes for true, by letter. */
  readonly meanings: Readonly<Record<string, string>>;
  /** Says the reason of a failed check by its key; the key itself where it is none. */
  reason(key: string): string;
}

/** All lessons by number, in order. */
export type ClassLessons = ReadonlyMap<number, ClassLesson>;

/** The letters of its choices, in order. */
export function lettersOf({ choices }: ClassLesson): string {
  return choices.map(([letter]) => letter).join('');
}
