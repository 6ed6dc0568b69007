/**
 * What the pages of a class and its room say to each other: JSON in text frames, on the same WebSocket
 * as the chat. A room without a class does not know these types, and the mirror of the original never
 * sees them. Reading takes what a stranger may send, and tells what is wrong with it by code.
 * @module
 */

import { hasFewParts, nameProblem } from '../chat/vocabulary.js';
import type { LessonProgress } from '../lesson/progress.js';
import { type Done, readDone } from './done.js';

/** Asks for the present state: what a client says first. With a person, it is known who is here. */
export interface HelloMessage {
  readonly type: 'class';
  /** Who asks, as for a vote; null for who only looks. */
  readonly person: string | null;
  /** As for a vote. */
  readonly name: string | null;
}

/** A vote. The last of a person counts, until the votes are shown. */
export interface VoteMessage {
  readonly type: 'vote';
  /** Made once in a browser by {@link newPerson} and kept there: one person has one vote. Nobody else sees it. */
  readonly person: string;
  /** As in the chat, at most 64 characters; '' for none any more, null where one that was given before stays. */
  readonly name: string | null;
  /** The lesson whose question it is, and which time it is asked. */
  readonly lesson: number;
  readonly round: Round;
  /** The letter of the choice. */
  readonly letter: string;
}

/** What a person has done in a lesson, all of it: who says it twice, or late, changes nothing. */
export interface ProgressMessage {
  readonly type: 'progress';
  readonly person: string;
  readonly name: string | null;
  readonly lesson: number;
  /** Its opening, a check, or anything else that is kept: an answer, a demo, a hint, what was done before. */
  readonly what: 'opened' | 'checked' | 'done';
  /** Of `checked`: the key of the reason, as `failureOf` has it; null for passed, and for the others. */
  readonly failure: string | null;
  /** The lesson's own part of progress.json as it is now; null where nothing is kept. */
  readonly done: LessonProgress | null;
}

/** What a client may say to the class. */
export type ClassMessage = HelloMessage | VoteMessage | ProgressMessage;

/** How often a question is asked. */
export type Round = 1 | 2;

/**
 * Why something was not taken:
 * - `form`: it is too long.
 * - `person`, `name`, `lesson`, `round`, `letter`, `progress`: that part of it is none.
 * - `another`: this connection has spoken for another person.
 * - `closed`: no vote is open for that lesson; `shown`: its votes are shown already; `other-round`: it is
 *   asked a second time already, or not yet.
 * - `often`: too many changes at once, by one person; the last that was taken counts.
 * - `full`: the class keeps no more: see the limits in state.ts.
 * - `disk`: the room could not write it down.
 */
export type Why =
  | FieldProblem
  | 'another'
  | 'closed'
  | 'shown'
  | 'other-round'
  | 'often'
  | 'full'
  | 'disk';

/** What of a message can be wrong in itself. */
export type FieldProblem = 'form' | 'person' | 'name' | 'lesson' | 'round' | 'letter' | 'progress';

/** A message of the class that is none. */
export interface Unread {
  readonly type: ClassMessage['type'];
  readonly why: FieldProblem;
}

/** The answer to a vote, to its sender alone; it does not say the letter, so that it may be seen. */
export interface TakenMessage {
  readonly type: 'vote' | 'progress';
  readonly taken: boolean;
  /** Null where it was taken. */
  readonly why: Why | null;
}

/** The state of the vote: to all when it changes, and to a client behind its hello. */
export interface StateMessage {
  readonly type: 'class';
  /** Null where nothing was asked yet. */
  readonly vote: VoteState | null;
}

/** How many have answered: to all, a few times a second at most. */
export interface AnsweredMessage {
  readonly type: 'answered';
  readonly lesson: number;
  readonly round: Round;
  readonly answered: number;
}

/** What the room says to the class. */
export type ClassAnswer = TakenMessage | StateMessage | AnsweredMessage;

/** A vote, as everyone may see it. */
export interface VoteState {
  /** `open` takes votes; `shown` and `closed` take none. */
  readonly state: 'open' | 'shown' | 'closed';
  /** Counts the questions that this class was asked, from 1: the same question asked anew is another vote. */
  readonly id: number;
  readonly lesson: number;
  readonly round: Round;
  /** The lesson's title, the question, and the choices by letter, in the room's language; plain text but for `code`. */
  readonly title: string;
  readonly question: string;
  readonly choices: readonly (readonly [letter: string, text: string])[];
  /** Persons who have answered in this round. */
  readonly answered: number;
  /**
   * How many chose each letter, a round each; empty while the first is open. While the second is open,
   * it has the first alone.
   */
  readonly counts: readonly Counts[];
  /** The right letter, and why it is right; null until the vote is closed. */
  readonly answer: { readonly letter: string; readonly because: string } | null;
  /** What who chooses a wrong letter takes for true, by letter; null until the vote is closed. */
  readonly meanings: Readonly<Record<string, string>> | null;
}

/** How many chose each letter; each letter of the question is there. */
export type Counts = Readonly<Record<string, number>>;

/** Characters of the longest message of a class. */
export const MAX_MESSAGE = 8_192;

/** Parts that a message of a class may have; a lesson's progress has some dozens. */
const MOST_PARTS = 256;

const PERSON = /^[\w-]{16,64}$/;
const FAILURE = /^[\w.:-]{1,64}$/;

/** Makes a person's key, of 22 characters. @param random 16 bytes that nobody can foretell */
export function newPerson(random: Uint8Array = crypto.getRandomValues(new Uint8Array(16))): string {
  const bytes = btoa(String.fromCharCode(...random));
  return bytes.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Whether a text can be a person's key. */
export function isPerson(text: string): boolean {
  return PERSON.test(text);
}

/** Which type of the class a text has; null for what is not of the class, and the chat deals with. */
export function classTypeOf(text: string): ClassMessage['type'] | null {
  const type = fieldsOf(text)?.type;
  return type === 'class' || type === 'vote' || type === 'progress' ? type : null;
}

/** Reads what a client said to the class. @returns null for what is not of the class */
export function readClassMessage(text: string): ClassMessage | Unread | null {
  const type = classTypeOf(text);
  if (type === null) return null;
  const why = (why: FieldProblem): Unread => ({ type, why });
  const fields = text.length <= MAX_MESSAGE ? fieldsOf(text) : null;
  if (fields === null) return why('form');
  const name = fields.name ?? null;
  if (name !== null && !isName(name)) return why('name');
  const person = fields.person ?? null;
  if (type === 'class' && person === null) return { type, person: null, name: null };
  if (typeof person !== 'string' || !PERSON.test(person)) return why('person');
  if (type === 'class') return { type, person, name };
  const { lesson } = fields;
  if (!isLesson(lesson)) return why('lesson');
  const read = type === 'vote' ? voteOf(fields) : progressOf(fields);
  return typeof read === 'string' ? why(read) : { person, name, lesson, ...read };
}

function voteOf({
  round,
  letter,
}: Fields): Pick<VoteMessage, 'type' | 'round' | 'letter'> | FieldProblem {
  if (round !== 1 && round !== 2) return 'round';
  if (typeof letter !== 'string' || !/^[a-z]$/.test(letter)) return 'letter';
  return { type: 'vote', round, letter };
}

function progressOf({
  what,
  failure = null,
  done = null,
}: Fields): Pick<ProgressMessage, 'type' | 'what' | 'failure' | 'done'> | FieldProblem {
  const type = 'progress';
  if (what !== 'opened' && what !== 'checked' && what !== 'done') return 'progress';
  if (failure !== null && (typeof failure !== 'string' || !FAILURE.test(failure)))
    return 'progress';
  if (failure !== null && what !== 'checked') return 'progress';
  if (done === null) return { type, what, failure, done };
  const read: Done | null = readDone(done);
  return read === null ? 'progress' : { type, what, failure, done: read };
}

/** Reads what the room said to the class. @returns null for what is not of the class */
export function readClassAnswer(text: string): ClassAnswer | null {
  const fields = fieldsOf(text);
  if (fields === null) return null;
  const { type, taken, vote, answered } = fields;
  if ((type === 'vote' || type === 'progress') && typeof taken === 'boolean') {
    return { type, taken, why: (fields.why as Why | undefined) ?? null };
  }
  if (type === 'answered' && isCount(answered) && isLesson(fields.lesson)) {
    return { type, lesson: fields.lesson, round: fields.round === 2 ? 2 : 1, answered };
  }
  if (type !== 'class') return null;
  if (vote === null) return { type, vote };
  return isVoteState(vote) ? { type, vote } : null;
}

function isVoteState(value: unknown): value is VoteState {
  const { state, id, lesson, title, question, choices, answered, counts } = (value ?? {}) as Fields;
  return (
    (state === 'open' || state === 'shown' || state === 'closed') &&
    isCount(id) &&
    isLesson(lesson) &&
    typeof title === 'string' &&
    typeof question === 'string' &&
    Array.isArray(choices) &&
    choices.every((one) => Array.isArray(one) && one.every((text) => typeof text === 'string')) &&
    isCount(answered) &&
    Array.isArray(counts)
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isName(value: unknown): value is string {
  return typeof value === 'string' && (value === '' || nameProblem(value) === null);
}

function fieldsOf(text: string): Fields | null {
  if (!hasFewParts(text, MOST_PARTS)) return null; // parsing it would cost more than its length
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Fields) : null;
  } catch {
    return null;
  }
}

function isLesson(value: unknown): value is number {
  return isCount(value) && value <= 99;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
