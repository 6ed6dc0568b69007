/**
 * What is kept of a class: records, a line of JSON each, in the order in which they were made. A reader
 * takes what it knows and says of a line that it is none; nothing here touches a file.
 * @module
 */

import { MAX_NAME } from '../chat/vocabulary.js';
import { type Done, readDone } from './done.js';
import { isPerson, type ProgressMessage, type Round } from './messages.js';

/** A person said something for the first time. */
export interface PersonRecord {
  readonly is: 'person';
  /** Counted from 1. */
  readonly id: number;
  readonly key: string;
}

/** A person gave a name, or another. */
export interface NameRecord {
  readonly is: 'name';
  readonly id: number;
  readonly name: string;
}

/** The teacher opened a lesson's question; what was open before is over. */
export interface OpenRecord {
  readonly is: 'open';
  readonly lesson: number;
  /** The letters that may be chosen, `abc`. */
  readonly letters: string;
}

/** The votes were shown, the question is asked again, or it is over. */
export interface TurnRecord {
  readonly is: 'show' | 'again' | 'close';
}

/** A person voted, or voted anew, in what is open. */
export interface VoteRecord {
  readonly is: 'vote';
  readonly id: number;
  readonly lesson: number;
  readonly round: Round;
  readonly letter: string;
}

/** A person did something in a lesson. */
export interface ProgressRecord extends Pick<ProgressMessage, 'lesson' | 'what' | 'failure'> {
  readonly is: 'progress';
  readonly id: number;
  readonly done: Done | null;
}

/** A line. */
export type ClassRecord =
  | PersonRecord
  | NameRecord
  | OpenRecord
  | TurnRecord
  | VoteRecord
  | ProgressRecord;

/** Writes a record as its line, without the newline. @param time as ISO 8601 has it; for people, nothing reads it */
export function formatRecord(record: ClassRecord, time: string): string {
  return JSON.stringify({ time, ...record });
}

/** Reads a line. @returns null for what is no record: it was cut off, or written by hand */
export function parseRecord(line: string): ClassRecord | null {
  let fields: Record<string, unknown>;
  try {
    fields = (JSON.parse(line) ?? {}) as Record<string, unknown>;
  } catch {
    return null;
  }
  const { is } = fields;
  switch (is) {
    case 'show':
    case 'again':
    case 'close':
      return { is };
    case 'open':
      return openOf(fields);
    case 'person':
    case 'name':
    case 'vote':
    case 'progress':
      return ofPerson(is, fields);
    default:
      return null;
  }
}

function openOf({ lesson, letters }: Record<string, unknown>): OpenRecord | null {
  if (!isNumber(lesson) || typeof letters !== 'string' || !/^[a-z]{1,26}$/.test(letters))
    return null;
  return { is: 'open', lesson, letters };
}

function ofPerson(
  is: 'person' | 'name' | 'vote' | 'progress',
  fields: Record<string, unknown>,
): ClassRecord | null {
  const { id, key, name, lesson, round, letter, what, failure } = fields;
  if (!isNumber(id)) return null;
  switch (is) {
    case 'person':
      return typeof key === 'string' && isPerson(key) ? { is, id, key } : null;
    case 'name':
      return typeof name === 'string' && name.length <= 2 * MAX_NAME ? { is, id, name } : null;
    case 'vote':
      if (!isNumber(lesson) || (round !== 1 && round !== 2) || typeof letter !== 'string')
        return null;
      return { is, id, lesson, round, letter };
    case 'progress': {
      if (!isNumber(lesson)) return null;
      if (what !== 'opened' && what !== 'checked' && what !== 'done') return null;
      if (failure !== null && typeof failure !== 'string') return null;
      const done = fields.done === null ? null : readDone(fields.done);
      return { is, id, lesson, what, failure, done };
    }
    default:
      return is satisfies never;
  }
}

function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
