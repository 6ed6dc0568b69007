/**
 * What the teacher's desk is told, and what it may ask for. It comes over HTTP beside the page, and
 * needs the token; students never get it. Every text in it is plain, and may be what a student wrote.
 * @module
 */

import type { Counts, VoteState } from './messages.js';

/** What the desk may ask for: to open a lesson's question, to show, to ask again, to close. */
export type Command =
  | { readonly do: 'open'; readonly lesson: number }
  | { readonly do: 'show' | 'again' | 'close' };

/** Why a command was not done: there is no such lesson, no vote, or it is in another state. */
export type CommandProblem = 'no-lesson' | 'no-vote' | 'not-open' | 'not-shown' | 'asked-twice';

/** All that the desk shows. The whole is sent again when something has changed. */
export interface Desk {
  readonly vote: DeskVote | null;
  /** In the order of coming. */
  readonly people: readonly DeskPerson[];
  /** Those that anyone has touched, by number. */
  readonly lessons: readonly DeskLesson[];
  /** Persons who are connected now. */
  readonly here: number;
  /** Whether the class keeps no more: see `full` of `Why`. */
  readonly isFull: boolean;
}

/** The vote; what gives the answer away is null until it is shown. */
export interface DeskVote extends Omit<VoteState, 'counts' | 'answer'> {
  /** As for everyone. */
  readonly counts: readonly Counts[];
  readonly answer: { readonly letter: string; readonly because: string } | null;
  /** What who chooses a wrong letter takes for true, by letter; null until it is shown. */
  readonly meanings: Readonly<Record<string, string>> | null;
}

/** A person. */
export interface DeskPerson {
  /** Counted from 1; no secret, as the person's key is. */
  readonly id: number;
  /** Empty for none. Two may have the same. */
  readonly name: string;
  readonly isHere: boolean;
  /** Whether it has answered what is asked now. */
  readonly hasAnswered: boolean;
  /** The lesson that was opened or worked on last; null for none. */
  readonly lesson: number | null;
  /** What came of the last check there. */
  readonly last: LastCheck | null;
  /** The numbers of the lessons that were passed. */
  readonly passed: readonly number[];
}

/** What came of a check. */
export interface LastCheck {
  readonly passed: boolean;
  /** The key of the reason; null where it passed. */
  readonly failure: string | null;
  /** What that says, in the room's language. Empty where it passed. */
  readonly text: string;
  /** Whether the person's loop had no end: `trouble.endless` or `trouble.busy`. */
  readonly isEndless: boolean;
  /** How many checks failed in this lesson without one that passed. */
  readonly checks: number;
}

/** What the class does in one lesson. */
export interface DeskLesson {
  readonly lesson: number;
  readonly title: string;
  /** Who is at it now, of those who are connected. */
  readonly at: readonly number[];
  readonly begun: number;
  readonly passed: number;
  /** Misconceptions of those who have not passed and whose last check failed with it, the commonest first. */
  readonly misconceptions: readonly {
    readonly key: string;
    readonly text: string;
    readonly people: readonly number[];
  }[];
  /** Whose last check met an endless loop. */
  readonly endless: readonly number[];
}

/** Reads a command. @returns null for what is none */
export function readCommand(json: string): Command | null {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return null;
  }
  const { do: what, lesson } = (value ?? {}) as Record<string, unknown>;
  switch (what) {
    case 'open':
      if (!Number.isInteger(lesson) || (lesson as number) < 0) return null;
      return { do: what, lesson: lesson as number };
    case 'show':
    case 'again':
    case 'close':
      return { do: what };
    default:
      return null;
  }
}
