/**
 * What the played students of a rehearsal do, as a plan: who they are, what each does and when, and what it
 * answers. By the same seed it is the same plan. Knows no network and no clock.
 * @module
 */

import { Random } from '../net/sim-random.js';
import type { VoteState } from './messages.js';
import { PRANKS, type Prank } from './pranks.js';

/** A student as any other, one that reads little, or one that means harm. */
export type Kind = 'student' | 'slow' | 'hostile';

/** One of them. */
export interface Role {
  /** From 0. */
  readonly index: number;
  readonly kind: Kind;
  readonly name: string;
  /** The person's key. Everyone could know it: of whom it is the key, there is nobody. */
  readonly person: string;
  /** Milliseconds from the start until it comes. */
  readonly comesAfterMs: number;
}

/** A lesson as they work in it. */
export interface PlayedLesson {
  readonly number: number;
  /** The letter of the right choice. */
  readonly answer: string;
  /** Keys of why its check may fail; none where it has no exercise. */
  readonly mistakes: readonly string[];
}

/** What one does. */
export type Act =
  /** Says something in the chat: which of the lines that there are. */
  | { readonly do: 'talk'; readonly line: number }
  /** Opens a lesson, or has its exercise checked; `failure` is null where that passes. */
  | {
      readonly do: 'work';
      readonly lesson: number;
      readonly what: 'opened' | 'checked';
      readonly failure: string | null;
    }
  /** Leaves for some milliseconds: in good order, or as who falls asleep. */
  | { readonly do: 'leave'; readonly isCut: boolean; readonly awayMs: number }
  | { readonly do: 'prank'; readonly prank: Prank };

/** What is done so many milliseconds behind what was done before. */
export interface Planned {
  readonly afterMs: number;
  readonly act: Act;
}

/** What a plan is made of. */
export interface PlanOptions {
  readonly seed: number;
  /** In the order in which they are worked through. */
  readonly lessons: readonly PlayedLesson[];
  /** How many lines there are to say. */
  readonly lines: number;
}

/** Milliseconds for each of them until all have come. */
const COMING_MS = 700;

/** What their keys begin with, so that their folder is known for a rehearsal's. */
const KEY = 'rehearsal-';

const NAMES = [
  ...['Ada', '小明', 'Grace', 'Alan', '小红', 'Linus', 'Radia', 'Edsger', '小刚', 'Barbara', 'Ken'],
  ...['Frances', 'Dennis', '小丽', 'Donald', 'Hedy', 'Niklaus', '小华', 'Jean', 'Tony', 'Margaret'],
  ...[
    'Vint',
    '小芳',
    'Karen',
    'Bjarne',
    'Sophie',
    'Guido',
    '小强',
    'Adele',
    'Leslie',
    'Joan',
    'Rob',
  ],
] as const;

/** Who is slow, and who is hostile; nobody where there are fewer. */
const SLOW = 1;
const HOSTILE = 2;

/** Whether a person's key is that of a played student. */
export function isPlayed(key: string): boolean {
  return key.startsWith(KEY);
}

/** Who they are. */
export function rolesOf(players: number, seed: number): Role[] {
  return Array.from({ length: players }, (_, index): Role => {
    const kind = index === SLOW ? 'slow' : index === HOSTILE ? 'hostile' : 'student';
    const random = new Random(seed, index);
    return {
      index,
      kind,
      name: kind === 'hostile' ? 'Mallory' : nameOf(index, seed),
      person: `${KEY}${String(seed).padStart(9, '0')}-${index}`,
      comesAfterMs: random.below(players * COMING_MS),
    };
  });
}

/** The names go round; from the second time on they have a number. */
function nameOf(index: number, seed: number): string {
  const time = Math.floor(index / NAMES.length) + 1;
  const name = NAMES[(index + seed) % NAMES.length] ?? '';
  return time === 1 ? name : `${name} ${time}`;
}

/** What one of them does, one thing behind the other, without an end. */
export function* actsOf({ index, kind }: Role, options: PlanOptions): Generator<Planned, never> {
  const random = new Random(options.seed, index, 1);
  if (kind === 'hostile') return yield* pranksOf(random);
  const work = workOf(random, options.lessons);
  for (;;) {
    const afterMs = 5_000 + random.below(40_000);
    const chance = random.below(100);
    if (chance < 15) yield { afterMs, act: leaving(random) };
    else {
      const talk: Act = { do: 'talk', line: random.below(options.lines) };
      const next = chance < 50 ? null : work.next().value;
      yield { afterMs, act: next ?? talk };
    }
  }
}

function leaving(random: Random): Act {
  return { do: 'leave', isCut: random.below(2) === 1, awayMs: 3_000 + random.below(22_000) };
}

/** Lesson by lesson: it is opened, its check fails some times, mostly for the same reasons, and passes. */
function* workOf(random: Random, lessons: readonly PlayedLesson[]): Generator<Act, null> {
  for (const { number, mistakes } of lessons) {
    yield { do: 'work', lesson: number, what: 'opened', failure: null };
    if (mistakes.length === 0) continue;
    for (let left = random.below(4); left > 0; left--) {
      const common = mistakes[random.below(Math.min(3, mistakes.length))] ?? null;
      const failure = random.below(8) === 0 ? 'trouble.endless' : common;
      yield { do: 'work', lesson: number, what: 'checked', failure };
    }
    yield { do: 'work', lesson: number, what: 'checked', failure: null };
  }
  return null;
}

function* pranksOf(random: Random): Generator<Planned, never> {
  for (;;) {
    const prank = PRANKS[random.below(PRANKS.length)] ?? 'flood';
    yield { afterMs: 4_000 + random.below(8_000), act: { do: 'prank', prank } };
  }
}

/** An answer, and how long it takes. */
export interface Ballot {
  readonly afterMs: number;
  readonly letter: string;
}

/**
 * What one answers to a question. Half know it; of the others, most do once they have talked. Who comes back
 * answers the same, so that nothing is counted anew.
 *
 * @param answer the right letter; undefined where that is not known
 */
export function ballotOf(
  { index }: Role,
  { id, round, choices }: Pick<VoteState, 'id' | 'round' | 'choices'>,
  answer: string | undefined,
  seed: number,
): Ballot {
  const random = new Random(seed, index, 2, id);
  const knows = random.below(100) < (round === 1 ? 50 : 80);
  const wrong = choices.map(([letter]) => letter).filter((letter) => letter !== answer);
  const guess = wrong[random.below(wrong.length)];
  const letter = (knows ? answer : guess) ?? choices[0]?.[0] ?? 'a';
  return { letter, afterMs: 1_000 + new Random(seed, index, 3, id, round).below(14_000) };
}
