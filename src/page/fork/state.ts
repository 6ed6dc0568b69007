/**
 * The fork of a run: the same scenario, played again with a touch. It is made from the address, and
 * stands beside the run that it was made of; one of both is stepped, the other is drawn fainter.
 * @module
 */

import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import {
  DELAY_MS,
  RETRANSMIT_MS,
  readTouch,
  type Touch,
  touched,
  writeTouch,
} from '../../scenario/touch.js';
import { describeError } from '../../texts/errors.js';
import type { TraceEvent } from '../../trace/event.js';
import { type FirstDifference, firstDifference } from '../../trace/first-difference.js';
import { describeStep } from '../../trace/text.js';
import type { Parameters } from '../address.js';
import { language } from '../language.js';
import { type PlayedRun, playOn } from '../mine/playing.js';
import { say, twoPlaces } from '../texts.js';
import type { Walk } from '../walk/walk.js';

/** What an address says of a fork. */
export const FORK_PARAMETERS: Parameters = {
  fork: {
    fallback: '',
    mend: (text) => {
      const touch = readTouch(text);
      return touch === null ? (text === '' ? '' : null) : writeTouch(touch);
    },
  },
  stepped: { fallback: 'fork', mend: (text) => (/^(fork|first)$/.test(text) ? text : null) },
};

/** Which of both is stepped. */
export type Stepped = 'fork' | 'first';

/** A run, and its fork. */
export interface Forked {
  /** What was done. */
  readonly touch: Touch;
  /** The run that was forked. */
  readonly first: PlayedRun;
  /** What came of it. */
  readonly run: PlayedRun;
  /** Where they part: left in the first run, right in the fork; null where they do not. */
  readonly difference: FirstDifference | null;
}

/** Plays a fork. @returns it, or in one sentence why it cannot be */
async function forkOf(first: PlayedRun, touch: Touch): Promise<Forked | string> {
  const scenario = touched(first.scenario, touch);
  const fork = writeTouch(touch);
  if (typeof scenario === 'string') {
    const { client, act } = touch;
    return say(`fork.no.${scenario}`, { fork, client, act: String(act) });
  }
  try {
    const run = await playOn(scenario, first.options);
    const found = firstDifference(first.events, run.events);
    // who does not read is not waited for: then what follows comes earlier, and the loop does the same
    const isOnlyTime = found?.isTime && (touch.kind === 'stop' || touch.kind === 'read');
    return { touch, first, run, difference: isOnlyTime ? null : found };
  } catch (error) {
    return say('fork.failed', { fork, reason: describeError(error, language.value) });
  }
}

/** The fork of a page's run. */
export class ForkState {
  /** Both; null where there is no fork. */
  readonly forked = signal<Forked | null>(null);
  /** Which is stepped. */
  readonly stepped: ReadonlySignal<Stepped>;
  /** The trace that is drawn fainter; null for none. */
  readonly other = computed((): readonly TraceEvent[] | null => {
    const forked = this.forked.value;
    if (forked === null) return null;
    return this.stepped.value === 'fork' ? forked.first.events : forked.run.events;
  });
  readonly #walk: Walk;
  readonly #fork: Signal<string>;
  readonly #stepped: Signal<string>;

  /** @param parameter those of the address */
  constructor(walk: Walk, parameter: (name: string) => Signal<string>) {
    this.#walk = walk;
    this.#fork = parameter('fork');
    this.#stepped = parameter('stepped');
    this.stepped = computed(() => this.#stepped.value as Stepped);
  }

  /** The fork of a run that the address asks for. @returns null for none; a sentence for one that cannot be */
  async make(run: PlayedRun): Promise<Forked | string | null> {
    const touch = readTouch(this.#fork.peek());
    const known = this.forked.peek();
    if (touch === null) return null;
    const isKnown = known?.first === run && writeTouch(known.touch) === writeTouch(touch);
    return isKnown ? known : forkOf(run, touch);
  }

  /** Shows a run and what {@link make} made of it: the one that is stepped is loaded. */
  show(run: PlayedRun, forked: Forked | null): void {
    batch(() => {
      this.forked.value = forked;
      if (forked === null) this.#forget();
      const { events } = forked !== null && this.stepped.peek() === 'fork' ? forked.run : run;
      if (this.#walk.events.peek() !== events) this.#walk.load(events);
    });
  }

  /** Lays the fork away, and leaves the walk as it is. */
  forget(): void {
    this.forked.value = null;
    this.#forget();
  }

  #forget(): void {
    this.#fork.value = '';
    this.#stepped.value = 'fork';
  }

  /**
   * Forks a run, and goes to where they part.
   *
   * @param isWanted whether it still is, when it has been played
   * @returns why it cannot be; null when it is done
   */
  async touch(run: PlayedRun, touch: Touch, isWanted: () => boolean): Promise<string | null> {
    const forked = await forkOf(run, touch);
    if (!isWanted()) return null;
    if (typeof forked === 'string') return forked;
    batch(() => {
      const position = this.#walk.position.peek();
      this.#fork.value = writeTouch(touch);
      this.#stepped.value = 'fork';
      this.show(run, forked);
      this.#walk.seek(partingOf(forked, 'fork') ?? position);
    });
    return null;
  }

  /** Steps along the other of both; where they part it stays there. */
  step(which: Stepped): void {
    const forked = this.forked.peek();
    if (forked === null || which === this.stepped.peek()) return;
    const position = this.#walk.position.peek();
    const isThere = position === partingOf(forked, this.stepped.peek());
    batch(() => {
      this.#stepped.value = which;
      this.show(forked.first, forked);
      this.#walk.seek(isThere ? (partingOf(forked, which) ?? position) : position);
    });
  }

  /** Goes to where they part. */
  toParting(): void {
    const forked = this.forked.peek();
    const position = forked && partingOf(forked, this.stepped.peek());
    if (position === null) return;
    this.#walk.pause();
    this.#walk.seek(position);
  }

  /** Back to the run alone; where both are the same it stays at the step. */
  drop(): void {
    const forked = this.forked.peek();
    if (forked === null) return;
    batch(() => {
      this.step('first');
      this.show(forked.first, null);
    });
  }
}

/** The position at which one of both parts from the other; its last where it has ended by then. */
function partingOf({ difference, first, run }: Forked, which: Stepped): number | null {
  if (difference === null) return null;
  const [index, { events }] = which === 'fork' ? [difference.right, run] : [difference.left, first];
  return index === null ? events.length : index + 1;
}

/** What the fork is, in a sentence. */
export function aboutFork({ touch: { kind, client, act } }: Forked): string {
  const ms = kind === 'delay' ? DELAY_MS : RETRANSMIT_MS;
  return say(`fork.about.${kind}`, { client, act: String(act), ms });
}

/** Where both part, in a sentence. */
export function partingWords(forked: Forked, which: Stepped): string {
  const { difference, first, run, touch } = forked;
  if (difference === null) {
    const { client } = touch;
    return touch.kind === 'stop' ? say('fork.same.stop', { client }) : say('fork.same');
  }
  const n = String(partingOf(forked, which));
  const left = first.events[difference.left ?? -1];
  const right = run.events[difference.right ?? -1];
  if (left === undefined) return say('fork.parts.first-ends', { n, fork: stepWords(right) });
  if (right === undefined) return say('fork.parts.fork-ends', { n, first: stepWords(left) });
  if (!difference.isTime) {
    return say('fork.parts', { n, fork: stepWords(right), first: stepWords(left) });
  }
  const ms = twoPlaces(Math.abs(right.t - left.t));
  const key = right.t > left.t ? 'fork.parts.later' : 'fork.parts.earlier';
  return say(key, { n, ms, fork: stepWords(right) });
}

/** A sentence may quote a whole message. */
const LONGEST = 120;

function stepWords(event: TraceEvent | undefined): string {
  if (event === undefined) return '';
  const says = describeStep(event, language.value);
  const short = says.length > LONGEST ? `${says.slice(0, LONGEST)} …` : says;
  return say('fork.step', { step: event.step, says: short });
}

/** The fork as a scenario in a file, which `loopscope sim`, `step` and `compare` take, and Play opens. */
export function forkFile(forked: Forked): { name: string; text: string } {
  const { scenario } = forked.run;
  const about = aboutFork(forked);
  const description = say('fork.description', { scenario: forked.first.scenario.name, about });
  return {
    name: `${scenario.name}.json`,
    text: `${JSON.stringify({ ...scenario, description }, null, 2)}\n`,
  };
}
