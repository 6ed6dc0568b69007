/**
 * A student's place in the class: the vote that the room tells of, and the letter that was given to it,
 * which goes to the room as soon as it can, and once more where it may have been lost.
 * @module
 */

import { batch, computed, type Signal, signal } from '@preact/signals';
import type {
  ClassAnswer,
  HelloMessage,
  ProgressMessage,
  TakenMessage,
  VoteState,
  Why,
} from '../../class/messages.js';
import {
  isName,
  keepLetters,
  keepName,
  keptLetters,
  keptName,
  type Mine,
  watchOtherTabs,
  whoAmI,
} from './kept.js';
import { Line } from './line.js';

/** Who has changed too often is asked again after so many milliseconds. */
const OFTEN_MS = 2_000;

/** The place. */
export class Seat {
  /** The connection. */
  readonly line: Line;
  /** The vote; null where nothing was asked yet. */
  readonly vote = signal<VoteState | null>(null);
  /** The name; '' for none. */
  readonly name: Signal<string>;
  /** Why the room did not take the letter; null where it did, or has not answered. */
  readonly refusal = signal<Why | null>(null);
  /** Whether the browser keeps who one is: where not, a reload makes another person. */
  readonly isKept: boolean;
  /** The letter of this round; null for none. */
  readonly mine = computed(() => this.#mineOf(this.vote.value?.round ?? 1));
  /** The letter of the first round, when it is asked a second time. */
  readonly before = computed(() => (this.vote.value?.round === 2 ? this.#mineOf(1) : null));
  /** Told what the room says of progress. */
  onProgress: (answer: TakenMessage) => void = () => {};
  /** Told that the room answers, or answers again. */
  onJoined: () => void = () => {};

  readonly #person: string;
  readonly #letters = signal<readonly Mine[]>(keptLetters());
  /** Letters that were said, and not answered yet: the last answer is that of the last letter. */
  #unanswered = 0;
  #again: ReturnType<typeof setTimeout> | undefined;

  /** @param url the room's address */
  constructor(url: string) {
    const { person, isKept } = whoAmI();
    this.#person = person;
    this.isKept = isKept;
    this.name = signal(keptName());
    watchOtherTabs(() => {
      batch(() => {
        this.name.value = keptName();
        this.#letters.value = keptLetters();
      });
    });
    this.line = new Line({
      url,
      hello: () => this.#hello(),
      onJoined: () => {
        this.#unanswered = 0;
        this.#sayLetter();
        this.onJoined();
      },
      onAnswer: (answer) => this.#hear(answer),
    });
  }

  /** Chooses a letter, or another one. */
  choose(letter: string): void {
    const vote = this.vote.value;
    if (vote?.state !== 'open') return;
    const { round } = vote;
    const id = idOf(vote);
    const others = this.#letters.value.filter((one) => one.id === id && one.round !== round);
    this.#keep([...others, { id, round, letter, taken: false }]);
    this.#sayLetter();
  }

  /** Takes another name; '' for none. @returns false for what can be none */
  call(name: string): boolean {
    const tidy = name.trim();
    if (!isName(tidy)) return false;
    this.name.value = tidy;
    keepName(tidy);
    this.line.say(this.#hello());
    return true;
  }

  /** Tells the room what was done. @returns false when nobody would hear it */
  report(what: Omit<ProgressMessage, 'type' | 'person' | 'name'>): boolean {
    return this.line.say({ type: 'progress', ...this.#who(), ...what });
  }

  #hello(): HelloMessage {
    return { type: 'class', ...this.#who() };
  }

  #who(): { person: string; name: string } {
    return { person: this.#person, name: this.name.peek() };
  }

  #mineOf(round: number): Mine | null {
    const id = idOf(this.vote.value);
    return this.#letters.value.find((one) => one.id === id && one.round === round) ?? null;
  }

  #keep(letters: readonly Mine[]): void {
    this.#letters.value = letters;
    keepLetters(letters);
  }

  /** Says the letter that the room may not know. */
  #sayLetter(): void {
    clearTimeout(this.#again);
    this.refusal.value = null;
    const [vote, mine] = [this.vote.value, this.mine.value];
    if (vote?.state !== 'open' || mine === null || mine.taken) return;
    const { round, letter } = mine;
    const { lesson } = vote;
    if (this.line.say({ type: 'vote', ...this.#who(), lesson, round, letter })) this.#unanswered++;
  }

  #hear(answer: ClassAnswer): void {
    switch (answer.type) {
      case 'class':
        this.#take(answer.vote);
        return;
      case 'answered': {
        const vote = this.vote.value;
        if (vote === null || vote.lesson !== answer.lesson || vote.round !== answer.round) return;
        this.vote.value = { ...vote, answered: answer.answered };
        return;
      }
      case 'vote':
        this.#answered(answer);
        return;
      case 'progress':
        this.onProgress(answer);
        return;
      default:
        answer satisfies never;
    }
  }

  #take(vote: VoteState | null): void {
    const was = this.vote.value;
    this.vote.value = vote;
    // one that was given while the room was away, and is asked for still
    const isAnother = idOf(was) !== idOf(vote) || was?.round !== vote?.round;
    if (isAnother && this.line.state.value === 'in') this.#sayLetter();
  }

  #answered({ taken, why }: TakenMessage): void {
    this.#unanswered = Math.max(0, this.#unanswered - 1);
    const mine = this.mine.value;
    if (this.#unanswered > 0 || mine === null) return;
    if (taken) {
      this.#keep(this.#letters.value.map((one) => (one === mine ? { ...one, taken } : one)));
      return;
    }
    this.refusal.value = why;
    if (why === 'often') this.#again = setTimeout(() => this.#sayLetter(), OFTEN_MS);
    if (why === 'another') this.line.renew();
  }
}

/** Which vote it is. */
function idOf(vote: VoteState | null): string {
  return vote === null ? '' : `${vote.id} ${vote.lesson}`; // another class may count from 1 too
}
