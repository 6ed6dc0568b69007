/**
 * The rehearsal of `loopscope class serve --rehearse N`: played students beside the room, and what the
 * terminal says of them. They end with the server.
 * @module
 */

import { isPlayed, type PlayedLesson } from '../class/played.js';
import { Rehearsal } from '../class/rehearsal.js';
import type { ClassState } from '../class/state.js';
import { allLessons, type Lesson } from '../lesson/lesson.js';
import { NodeNet } from '../net/node.js';
import { Failure } from '../terminal/failure.js';
import type { Language } from '../texts/language.js';
import { printable } from '../trace/text.js';
import { type Banner, hereOf, serveSpeaker } from './banner.js';
import type { ClassFolder } from './class-folder.js';

/** What is asked for. */
export interface RehearsalAsked {
  /** How many come. */
  readonly players: number;
  readonly seed: number;
}

const TALK = [
  'rehearsal.talk.1',
  'rehearsal.talk.2',
  'rehearsal.talk.3',
  'rehearsal.talk.4',
  'rehearsal.talk.5',
  'rehearsal.talk.6',
] as const;

/** A rehearsal beside a room. */
export class ClassRehearsal {
  readonly #rehearsal: Rehearsal;
  readonly #language: Language;

  constructor({ players, seed }: RehearsalAsked, language: Language) {
    const say = serveSpeaker(language);
    const talk = TALK.map((key) => say(key));
    const lessons = allLessons(language).map(playedOf);
    const newNet = (): NodeNet => new NodeNet();
    this.#rehearsal = new Rehearsal({ players, seed, lessons, talk, newNet });
    this.#language = language;
  }

  /** Lets them come. @returns what the terminal says of them */
  begin(banner: Banner): string {
    void this.#rehearsal.run(hereOf(banner)); // what it cannot do is a bug, and ends the process
    const say = serveSpeaker(this.#language);
    const { roles, seed } = this.#rehearsal;
    const named = (kind: string): string | undefined =>
      roles.find((role) => role.kind === kind)?.name;
    const [slow, hostile] = [named('slow'), named('hostile')];
    const lines = [
      say('rehearsal.begins', { n: roles.length, seed }),
      `  ${say('rehearsal.do')}`,
      ...(slow === undefined ? [] : [`  ${say('rehearsal.slow', { name: slow })}`]),
      ...(hostile === undefined ? [] : [`  ${say('rehearsal.hostile', { name: hostile })}`]),
      `  ${say('rehearsal.folder', { folder: printable(banner.folder ?? '') })}`,
    ];
    return `${lines.join('\n')}\n\n`;
  }

  /** Ends it. */
  end(): void {
    this.#rehearsal.end();
  }
}

/** How many of a class are played. */
export function playedIn({ persons }: ClassState): number {
  return [...persons.values()].filter(({ key }) => isPlayed(key)).length;
}

/** Real students are not to be mixed with played ones. @throws Failure (2) where a class is kept there */
export function refuseClass({ path, state }: ClassFolder): void {
  if (state.persons.size === 0 || playedIn(state) > 0) return;
  throw new Failure('class.rehearse', { path, n: state.persons.size }, 2);
}

function playedOf({ number, prediction, exercise, messages }: Lesson): PlayedLesson {
  const mistakes =
    exercise === null ? [] : Object.keys(messages()).filter((key) => key.startsWith('wrong.'));
  return { number, answer: prediction.answer, mistakes };
}
