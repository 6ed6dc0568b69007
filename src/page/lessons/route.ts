/**
 * The route of lessons that the page can give: what tools/page-lessons.ts reads out of their
 * folders, and the questions whose answers are worked out of the trace.
 * @module
 */

import type { StepName, TraceEvent } from '../../trace/event.js';

/** Words of a text: plain, of a program, stressed; or a number that the lesson computes, by its name. */
export type Inline = readonly [kind: '' | 'code' | 'strong' | `=${string}`, text: string];

/** A part of a text. */
export type Block =
  | { readonly kind: 'paragraph'; readonly words: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly (readonly Inline[])[])[] };

/** A lesson, as far as the page gives it. */
export interface PageLesson {
  /** Its number. */
  readonly number: number;
  /** What it is called. */
  readonly title: string;
  /** How long it takes. */
  readonly minutes: number;
  /** What comes before the question. */
  readonly intro: readonly Block[];
  /** The question to begin with. */
  readonly prediction: {
    /** The question. */
    readonly question: readonly Inline[];
    /** The choices with their letters. */
    readonly choices: readonly (readonly [letter: string, words: readonly Inline[]])[];
    /** The letter of the right one. */
    readonly answer: string;
    /** Why it is right. */
    readonly because: string;
  };
  /** What to look for in the demo. */
  readonly investigate: readonly Block[];
  /** What its exercise is. */
  readonly task: string;
  /** The texts of its check, by key. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A call of socket_select: what was given, and what PHP gave back. */
export interface SelectCall {
  /** What happened, and what the arrays hold, as the exercise says it. */
  readonly what: readonly Inline[];
  /** The keys of `$read` before the call. */
  readonly read: readonly string[];
  /** The keys of `$write` before the call; null where null was given. */
  readonly write: readonly string[] | null;
  /** What PHP gave back. */
  readonly after: {
    /** What the function returned. */
    readonly returned: number;
    /** The keys that were left in `$read`. */
    readonly read: readonly string[];
    /** The keys that were left in `$write`. */
    readonly write: readonly string[] | null;
  };
}

/** All that is read out of the lessons' folders. */
export interface Route {
  /** The lessons in order. */
  readonly lessons: readonly PageLesson[];
  /** The calls of lesson 4. */
  readonly calls: readonly SelectCall[];
  /** Which PHP made them. */
  readonly php: string;
}

/** The turn in which someone was logged in; 0 for never. */
export function turnOfLogin(events: readonly TraceEvent[], name: string): number {
  const login = `{"type":"login","content":${JSON.stringify(name)}`;
  return events.find((one) => one.step === 'deal' && one.reply.startsWith(login))?.turn ?? 0;
}

/** The descriptors that heard a text. */
export function hearersOf(events: readonly TraceEvent[], text: string): readonly number[] {
  const deal = events.findIndex((one) => one.step === 'deal' && messageIs(one.message, text));
  const behind = events.slice(deal).find((one) => one.step === 'broadcast');
  return deal === -1 ? [] : (behind?.to ?? []);
}

function messageIs(message: string, text: string): boolean {
  return message.includes(`"content":${JSON.stringify(text)}`);
}

/** The turns in which a socket was readable, or, by mistake, watched. */
export function turnsWith(
  events: readonly TraceEvent[],
  fd: number,
  list: 'readyRead' | 'read' = 'readyRead',
): number {
  return events.filter((one) => one.step === 'select' && one[list].includes(fd)).length;
}

/** All descriptors of clients in a trace. */
export function clientFds(events: readonly TraceEvent[]): number[] {
  return [...new Set(events.flatMap((one) => (one.step === 'accept' ? [one.fd] : [])))];
}

/** The server's steps of the turn in which a text was dealt with. */
export function turnOf(events: readonly TraceEvent[], text: string): TraceEvent[] {
  const deal = events.find((one) => one.step === 'deal' && messageIs(one.message, text));
  return events.filter(
    ({ turn, step }) => turn === deal?.turn && step !== 'act' && step !== 'arrive',
  );
}

/** The first place at which an order differs from the right one; -1 for none. */
export function firstWrong(given: readonly StepName[], right: readonly StepName[]): number {
  return right.findIndex((step, i) => given[i] !== step);
}

/** Which text of lesson 4's check says what is probably believed by who answers a call so. */
export function misconception(
  number: number,
  given: { readonly read: readonly string[]; readonly write: readonly string[] | null },
  { after }: SelectCall,
): string {
  const read = String(given.read);
  if (read === String(after.read) && String(given.write) === String(after.write)) {
    return 'wrong.count';
  }
  if (number === 1 && read !== '') return 'wrong.timeout-leaves';
  if ((number === 3 || number === 4) && (read === '0' || read === '1')) return 'wrong.renumbered';
  if (number === 4 && read === '') return 'wrong.once';
  if (number === 5 && String(given.write) !== String(after.write)) return 'wrong.write-waits';
  if (number === 6 && read === '') return 'wrong.leaver';
  return 'wrong.not-taken-out';
}

/** In an order that tells nothing: each item goes as far as the seed has it. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const left = [...items];
  const mixed: T[] = [];
  for (let n = seed; left.length > 0; n = (n * 1_103_515_245 + 12_345) % 2_147_483_648) {
    mixed.push(...left.splice(n % left.length, 1));
  }
  return mixed;
}
