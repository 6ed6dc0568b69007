/**
 * One loop of those that a program has, and where one is in it: what is behind, whose step is next, where a
 * word stands.
 * @module
 */

import type { Profile } from '../scenario/simulate.js';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { Stepper } from '../trace/stepper.js';
import { describeStep } from '../trace/text.js';

/** Steps of a loop that are kept of a program that is watched, which may run for hours. */
const MOST_WATCHED = 300_000;

/** One loop of those that a program has. */
export interface WalkLoop {
  /** What is known from the start; a server adds to it. */
  events: readonly TraceEvent[];
  title: string;
  /** Whose source stands beside it, where that is not the walk's; null for none. */
  profile?: Profile | null;
}

/** Where a word was found. */
type Found = 'behind' | 'from-beginning' | 'nowhere';

/** A loop, and where one is in it: at its first step at first. */
export class LoopWalk {
  readonly title: string;
  readonly profile: Profile | null | undefined;
  readonly events: TraceEvent[];
  readonly stepper: Stepper;
  /** Whether some step tells what arrives: only then are the queues known. */
  readonly tellsQueues: boolean;
  /** Whether a student's functions are called in it. */
  readonly hasCalls: boolean;
  /** Whether some step tells the line of a stranger's program. */
  tellsLines: boolean;

  constructor({ title, events, profile }: WalkLoop) {
    this.title = title;
    this.profile = profile;
    this.events = [...events];
    this.stepper = new Stepper(this.events);
    this.stepper.seek(1);
    this.tellsQueues = this.events.some(({ step }) => step === 'arrive');
    this.hasCalls = this.events.some(isCall);
    this.tellsLines = this.events.some(({ source }) => source !== undefined);
  }

  /** Whether nothing more is known. */
  get isAtEnd(): boolean {
    return this.stepper.position === this.stepper.length;
  }

  /** Whether it has as many steps as are kept of a program that is watched. */
  get isFull(): boolean {
    return this.events.length >= MOST_WATCHED;
  }

  /** Takes up the next event; who is at the end stays there. */
  add(event: TraceEvent): void {
    const { isAtEnd } = this;
    this.events.push(event);
    this.tellsLines ||= event.source !== undefined;
    if (isAtEnd) this.stepper.end();
  }

  /** The client that did something last: by descriptor, or by its name in the scenario. */
  get client(): number | string | null {
    const behind = this.events.slice(0, this.stepper.position);
    const last = behind.findLast((event) => whose(event) !== null);
    return last === undefined ? null : whose(last);
  }

  /** Looks for a word behind this step, and then from the beginning. */
  find(word: string, language: Language | undefined): Found {
    const wanted = word.toLowerCase();
    const fits = (event: TraceEvent): boolean =>
      `${event.step} ${describeStep(event, language)}`.toLowerCase().includes(wanted);
    if (this.stepper.find(fits)) return 'behind';
    const index = this.events.findIndex(fits);
    if (index === -1) return 'nowhere';
    this.stepper.seek(index + 1);
    return 'from-beginning';
  }
}

/** Whether a function of a student's ran. */
export function isCall({ step }: TraceEvent): boolean {
  return step === 'call';
}

/** The client that an event is about. */
export function whose(event: TraceEvent): number | string | null {
  if (event.step === 'act') return event.client;
  return 'fd' in event ? event.fd : null;
}
