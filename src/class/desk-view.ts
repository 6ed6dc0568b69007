/**
 * Makes of a class what its teacher's desk shows.
 * @module
 */

import type { Desk, DeskLesson, DeskPerson, DeskVote, LastCheck } from './desk.js';
import type { VoteState } from './messages.js';
import type { ClassLesson, ClassLessons } from './question.js';
import type { ClassState, Person } from './state.js';

/** What it is made of. */
export interface DeskInput {
  readonly state: ClassState;
  readonly lessons: ClassLessons;
  /** The vote as everyone sees it. */
  readonly vote: VoteState | null;
  /** The ids of those who are connected. */
  readonly here: ReadonlySet<number>;
  readonly isFull: boolean;
}

/** Reasons that mean a loop without an end. */
const ENDLESS: readonly (string | null)[] = ['trouble.endless', 'trouble.busy'];

/** Makes it. */
export function deskOf(input: DeskInput): Desk {
  const { state, lessons, vote, here, isFull } = input;
  const people = [...state.persons.values()];
  const answered = state.vote?.state === 'closed' ? undefined : state.vote?.rounds.at(-1);
  return {
    vote: vote && voteOf(vote, lessons.get(vote.lesson)),
    people: people.map((person): DeskPerson => {
      const { id, name, lesson, done } = person;
      return {
        id,
        name,
        isHere: here.has(id),
        hasAnswered: answered?.has(id) === true,
        lesson,
        last: lesson === null ? null : lastOf(person, lessons.get(lesson)),
        passed: [...done].filter(([, one]) => one.passed).map(([number]) => number),
      };
    }),
    lessons: [...lessons.values()]
      .filter(({ number }) => people.some((person) => hasTouched(person, number)))
      .map((lesson) => lessonOf(lesson, people, here)),
    here: here.size,
    isFull,
  };
}

/** What of the vote gives the answer away is withheld until it is shown. */
function voteOf(vote: VoteState, lesson: ClassLesson | undefined): DeskVote {
  const isKnown = vote.state !== 'open' && lesson !== undefined;
  return {
    ...vote,
    answer: isKnown ? { letter: lesson.answer, because: lesson.because } : null,
    meanings: isKnown ? lesson.meanings : null,
  };
}

function lastOf({ last, done }: Person, lesson: ClassLesson | undefined): LastCheck | null {
  const failure = lesson === undefined ? undefined : last.get(lesson.number);
  if (lesson === undefined || failure === undefined) return null;
  const { passed = false, failures = {} } = done.get(lesson.number) ?? {};
  return {
    passed: failure === null,
    failure,
    text: failure === null ? '' : lesson.reason(failure),
    isEndless: ENDLESS.includes(failure),
    checks: passed ? 0 : Object.values(failures).reduce((sum, one) => sum + one, 0),
  };
}

function hasTouched({ lesson, done, last }: Person, number: number): boolean {
  return lesson === number || done.has(number) || last.has(number);
}

/** What a lesson has words for; the others are troubles: still to do, an exception, no end. */
function isMisconception(failure: string | null | undefined): failure is string {
  return typeof failure === 'string' && !failure.startsWith('trouble.');
}

function lessonOf(
  { number, title, reason }: ClassLesson,
  people: readonly Person[],
  here: ReadonlySet<number>,
): DeskLesson {
  const ids = (fits: (person: Person) => boolean): number[] =>
    people.filter(fits).map(({ id }) => id);
  const byKey = new Map<string, number[]>();
  for (const { id, last, done } of people) {
    const failure = last.get(number);
    if (!isMisconception(failure) || done.get(number)?.passed === true) continue;
    byKey.set(failure, [...(byKey.get(failure) ?? []), id]);
  }
  const failures = [...byKey].map(([key, people]) => ({ key, text: reason(key), people }));
  return {
    lesson: number,
    title,
    at: ids(({ id, lesson }) => lesson === number && here.has(id)),
    begun: ids(({ done }) => done.get(number)?.begun === true).length,
    passed: ids(({ done }) => done.get(number)?.passed === true).length,
    misconceptions: failures.sort((a, b) => b.people.length - a.people.length),
    endless: ids(({ last }) => ENDLESS.includes(last.get(number) ?? null)),
  };
}
