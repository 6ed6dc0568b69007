/**
 * Which branch runs next: a question about every step of the server, with the choices that a person
 * may plausibly take for right. What the network and the clients do is told, not asked.
 * @module
 */

import type { StepName, TraceEvent } from '../../trace/event.js';

/** Steps that are told, and not asked: of the outside, of a stranger's loop or a broker, and of one's own code. */
const TOLD = [
  'act',
  'arrive',
  'again',
  'fault',
  'wake',
  'other',
  'broker',
  'call',
  'unknown',
] as const;

/** A step that the server takes by itself. */
export type AskedStep = Exclude<StepName, (typeof TOLD)[number]>;

/** A question. */
export interface Question {
  /** The position of the step that is asked about, from 1. */
  readonly position: number;
  /** The steps to choose from, in the order in which a loop takes them. */
  readonly choices: readonly AskedStep[];
  /** The right one. */
  readonly answer: AskedStep;
  /** What happened outside of the server before it, since its last step. */
  readonly meanwhile: readonly TraceEvent[];
}

/** What is taken for each step most often: the step before its time, the one left out, the wait forgotten. */
const MISTAKEN: Readonly<Record<AskedStep, readonly AskedStep[]>> = {
  socket: ['bind', 'listen', 'select'],
  setsockopt: ['bind', 'listen', 'accept'],
  bind: ['listen', 'accept', 'select'],
  listen: ['accept', 'select', 'recv'],
  select: ['accept', 'recv', 'send'],
  accept: ['select', 'recv', 'handshake'],
  recv: ['select', 'parse', 'broadcast'],
  handshake: ['parse', 'deal', 'send'],
  parse: ['handshake', 'deal', 'broadcast'],
  deal: ['recv', 'broadcast', 'send'],
  broadcast: ['select', 'deal', 'send'],
  send: ['select', 'recv', 'broadcast'],
  block: ['select', 'recv', 'send'],
  disconnect: ['select', 'recv', 'error'],
  error: ['select', 'deal', 'disconnect'],
};

/** The order in which a loop takes the steps; choices stand in it, so their order tells nothing. */
const ORDER = Object.keys(MISTAKEN) as AskedStep[];

/** The question behind a position; null at the end. @param position from 0, which is before the first step */
export function questionAfter(events: readonly TraceEvent[], position: number): Question | null {
  for (let i = Math.max(0, position); i < events.length; i++) {
    const answer = events[i]?.step;
    if (answer === undefined || !isAsked(answer)) continue;
    const choices = [answer, ...MISTAKEN[answer]].sort(
      (a, b) => ORDER.indexOf(a) - ORDER.indexOf(b),
    );
    return { position: i + 1, choices, answer, meanwhile: outsideBefore(events, i) };
  }
  return null;
}

function isAsked(step: StepName): step is AskedStep {
  return !(TOLD as readonly StepName[]).includes(step);
}

function outsideBefore(events: readonly TraceEvent[], index: number): TraceEvent[] {
  let from = index;
  while (from > 0 && isOutside(events[from - 1])) from--;
  return events.slice(from, index);
}

function isOutside(event: TraceEvent | undefined): boolean {
  return event !== undefined && !isAsked(event.step);
}

/** How well someone foretells. */
export interface Score {
  /** Questions answered. */
  readonly asked: number;
  /** Of these, the right ones. */
  readonly right: number;
  /** The last so many were right, one after the other. */
  readonly row: number;
}

/** Nothing was asked yet. */
export const NO_SCORE: Score = { asked: 0, right: 0, row: 0 };

/** The score after an answer. */
export function scored({ asked, right, row }: Score, isRight: boolean): Score {
  return { asked: asked + 1, right: right + (isRight ? 1 : 0), row: isRight ? row + 1 : 0 };
}

/** Reads a score that was kept; null for what is none. */
export function readScore(kept: unknown): Score | null {
  const { asked, right, row } = (kept ?? {}) as Partial<Score>;
  const numbers = [asked, right, row];
  if (!numbers.every((n) => Number.isSafeInteger(n) && (n as number) >= 0)) return null;
  const score = { asked, right, row } as Score;
  return score.right <= score.asked && score.row <= score.right ? score : null;
}
