/**
 * A class as a fold over its records: who there is, what was done, and what is asked. It decides what
 * may be recorded, and takes in what was; so what is read from the folder is what was there before.
 * @module
 */

import type { Command, CommandProblem } from './desk.js';
import { type Done, mergeDone } from './done.js';
import type { Counts, ProgressMessage, Round, VoteMessage, VoteState, Why } from './messages.js';
import type { ClassRecord, ProgressRecord, VoteRecord } from './records.js';

/** Persons that a class has at most. */
export const MAX_PERSONS = 500;

/** Persons who may come from one address of the network: a class behind one router. */
export const MAX_PER_ADDRESS = 100;

/** Records that a class keeps of one person at most: a whole course takes some hundreds. */
export const MAX_RECORDS = 2_000;

/** A person. */
export interface Person {
  readonly id: number;
  readonly key: string;
  name: string;
  /** Where it was last; null for nowhere. */
  lesson: number | null;
  /** What came of its last check in a lesson: the key of the reason, null for passed. */
  readonly last: Map<number, string | null>;
  readonly done: Map<number, Done>;
  records: number;
}

/** What is asked. */
export interface Vote {
  /** Which of the questions that were asked. */
  readonly id: number;
  readonly lesson: number;
  /** The letters of its choices. */
  readonly letters: string;
  state: VoteState['state'];
  /** The letters of those who answered, by their ids: a map a round, so the round is their number. */
  readonly rounds: Map<number, string>[];
}

/** A class. */
export class ClassState {
  /** By id, in the order of coming. */
  readonly persons = new Map<number, Person>();
  vote: Vote | null = null;
  #asked = 0;
  readonly #byKey = new Map<string, Person>();

  /** A person by its key. */
  personOf(key: string): Person | undefined {
    return this.#byKey.get(key);
  }

  /** What there is to record of who speaks, before what it says; or why it cannot be. */
  meet(key: string, name: string | null): ClassRecord[] | Why {
    const person = this.#byKey.get(key);
    if (person === undefined && this.persons.size >= MAX_PERSONS) return 'full';
    const id = person?.id ?? this.persons.size + 1;
    const records: ClassRecord[] = person === undefined ? [{ is: 'person', id, key }] : [];
    if (name !== null && name !== (person?.name ?? '')) records.push({ is: 'name', id, name });
    return hasRoom(person, records.length) ? records : 'full';
  }

  /** What there is to record of a vote; nothing where the same letter was given already. */
  ballot(person: Person, { lesson, round, letter }: VoteMessage): VoteRecord[] | Why {
    const { vote } = this;
    if (vote === null || vote.lesson !== lesson || vote.state === 'closed') return 'closed';
    if (vote.rounds.length !== round) return 'other-round';
    if (vote.state === 'shown') return 'shown';
    if (!vote.letters.includes(letter)) return 'letter';
    if (vote.rounds[round - 1]?.get(person.id) === letter) return [];
    if (!hasRoom(person, 1)) return 'full';
    return [{ is: 'vote', id: person.id, lesson, round, letter }];
  }

  /** What there is to record of progress; nothing where all of it is known. */
  progress(person: Person, message: ProgressMessage): ProgressRecord[] | Why {
    const { lesson, what, failure, done } = message;
    const known = person.done.get(lesson);
    const merged = done && (known === undefined ? done : mergeDone(known, done));
    const isKnown = merged === null || (known !== undefined && isSame(merged, known));
    if (what !== 'checked' && isKnown && (what === 'done' || person.lesson === lesson)) return [];
    if (!hasRoom(person, 1)) return 'full';
    return [
      { is: 'progress', id: person.id, lesson, what, failure, done: isKnown ? null : merged },
    ];
  }

  /** What there is to record of a command. @param letters of the lesson's question; null for no such lesson */
  command(command: Command, letters: string | null): ClassRecord[] | CommandProblem {
    const { vote } = this;
    if (command.do === 'open') {
      return letters === null ? 'no-lesson' : [{ is: 'open', lesson: command.lesson, letters }];
    }
    if (vote === null) return 'no-vote';
    switch (command.do) {
      case 'show':
        return vote.state === 'open' ? [{ is: 'show' }] : 'not-open';
      case 'again':
        if (vote.rounds.length > 1) return 'asked-twice';
        return vote.state === 'shown' ? [{ is: 'again' }] : 'not-shown';
      case 'close':
        return vote.state === 'closed' ? 'not-open' : [{ is: 'close' }];
      default:
        return command satisfies never;
    }
  }

  /** Takes in a record. One that does not fit, as a person may have written it, changes nothing. */
  apply(record: ClassRecord): void {
    const person = 'id' in record ? this.persons.get(record.id) : undefined;
    if (person !== undefined) person.records++;
    const { vote } = this;
    switch (record.is) {
      case 'person':
        this.#enter(record.id, record.key);
        return;
      case 'name':
        if (person !== undefined) person.name = record.name;
        return;
      case 'open':
        this.vote = { ...record, id: ++this.#asked, state: 'open', rounds: [new Map()] };
        return;
      case 'show':
        if (vote?.state === 'open') vote.state = 'shown';
        return;
      case 'again':
        if (vote?.state !== 'shown' || vote.rounds.length > 1) return;
        vote.state = 'open';
        vote.rounds.push(new Map());
        return;
      case 'close':
        if (vote !== null) vote.state = 'closed';
        return;
      case 'vote':
        if (person !== undefined) this.#count(record);
        return;
      case 'progress':
        if (person !== undefined) work(person, record);
        return;
      default:
        record satisfies never;
    }
  }

  #enter(id: number, key: string): void {
    if (this.persons.has(id) || this.#byKey.has(key)) return;
    const person = {
      id,
      key,
      name: '',
      lesson: null,
      last: new Map(),
      done: new Map(),
      records: 1,
    };
    this.persons.set(id, person);
    this.#byKey.set(key, person);
  }

  #count({ id, lesson, round, letter }: VoteRecord): void {
    const { vote } = this;
    if (vote?.lesson !== lesson || vote.state !== 'open' || vote.rounds.length !== round) return;
    if (vote.letters.includes(letter)) vote.rounds[round - 1]?.set(id, letter);
  }
}

/** How many chose each letter, in the rounds that may be known: not in one that goes on. */
export function countsOf({ letters, rounds, state }: Vote): Counts[] {
  const known = state === 'open' ? rounds.slice(0, -1) : rounds;
  return known.map((round) => {
    const chosen = [...round.values()];
    const count = (letter: string): number => chosen.filter((one) => one === letter).length;
    return Object.fromEntries([...letters].map((letter) => [letter, count(letter)]));
  });
}

/** Which time it is asked. */
export function roundOf({ rounds }: Vote): Round {
  return rounds.length === 2 ? 2 : 1;
}

function hasRoom(person: Person | undefined, records: number): boolean {
  return (person?.records ?? 0) + records <= MAX_RECORDS;
}

function work(person: Person, { lesson, what, failure, done }: ProgressRecord): void {
  if (what !== 'done') person.lesson = lesson;
  if (what === 'checked') person.last.set(lesson, failure);
  if (done === null) return;
  const known = person.done.get(lesson);
  person.done.set(lesson, known === undefined ? done : mergeDone(known, done));
}

function isSame(a: Done, b: Done): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
