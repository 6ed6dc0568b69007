/**
 * What a browser keeps of the class: who one is, the name, and the letter of the vote. Where it keeps
 * nothing these live as long as the page.
 * @module
 */

import { nameProblem } from '../../chat/vocabulary.js';
import { isPerson, newPerson, type Round } from '../../class/messages.js';
import { keep, recall } from '../shared/keep.js';

const PERSON = 'class.person';
const NAME = 'class.name';
const MINE = 'class.mine';

/** The letter that one gave. */
export interface Mine {
  /** Which vote: it is another when the same question is opened anew. */
  readonly id: string;
  readonly round: Round;
  readonly letter: string;
  /** Whether the room has said that it has arrived. */
  readonly taken: boolean;
}

const asPerson = (value: unknown): string | null =>
  typeof value === 'string' && isPerson(value) ? value : null;
const asName = (value: unknown): string | null =>
  typeof value === 'string' && isName(value) ? value : null;

/** Whether the room takes it. */
export function isName(name: string): boolean {
  return name === '' || nameProblem(name) === null;
}

/** Who one is: made once. `isKept` is false where a reload makes another. */
export function whoAmI(): { person: string; isKept: boolean } {
  const kept = recall(PERSON, asPerson, '');
  if (kept !== '') return { person: kept, isKept: true };
  const made = newPerson();
  const isKept = keep(PERSON, made);
  return { person: isKept ? recall(PERSON, asPerson, made) : made, isKept };
}

/** The name; '' for none. */
export function keptName(): string {
  return recall(NAME, asName, '');
}

/** Keeps it. */
export function keepName(name: string): void {
  keep(NAME, name);
}

/** The letters that were given last, the latest of each round; none where another vote was the last. */
export function keptLetters(): readonly Mine[] {
  return recall(MINE, lettersOf, []);
}

/** Keeps them. */
export function keepLetters(letters: readonly Mine[]): void {
  keep(MINE, letters);
}

/** Tells when another tab of the same person has changed something. */
export function watchOtherTabs(told: () => void): void {
  addEventListener('storage', ({ key }) => {
    if (key === null || key.includes('class.')) told();
  });
}

function lettersOf(value: unknown): Mine[] | null {
  return Array.isArray(value) && value.every(isMine) ? value : null;
}

function isMine(value: unknown): value is Mine {
  const { id, round, letter, taken } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    (round === 1 || round === 2) &&
    typeof letter === 'string' &&
    typeof taken === 'boolean'
  );
}
