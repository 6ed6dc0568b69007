/**
 * Plays a scenario on any server that the page has: the room, the mirror, and the student's own, whose parts
 * run in a worker, so that nothing that they do stops the page.
 * @module
 */

import { computed, signal } from '@preact/signals';
import { type CutReport, tryEveryCut } from '../../scenario/cuts.js';
import type { Scenario } from '../../scenario/scenario.js';
import { SCENARIOS } from '../../scenario/shipped.js';
import { type SimulatedRun, simulate } from '../../scenario/simulate.js';
import { simulated } from '../play/simulated.js';
import { say } from '../texts.js';
import { type PlayOptions, profileOf } from './servers.js';
import type { Done, OwnOutcome, Task } from './worker-words.js';

/** What plays on the student's server. */
export interface OwnPlayer {
  /** Plays; null where it was stopped. Says what the student had written. @throws Error where it cannot */
  readonly play: (
    task: Task,
    signal: AbortSignal,
  ) => Promise<{ readonly done: Done | null; readonly wrote: string }>;
  /** What the student has written by now; null before the course is open. */
  readonly written: string | null;
}

let player: OwnPlayer | null = null;

/** Says what plays on the student's server, when the page begins: views know of it by this file alone. */
export function playOwnWith(one: OwnPlayer): void {
  player = one;
}

/** A run that can be played again, and gone on with differently. */
export interface PlayedRun extends Omit<SimulatedRun, 'options'> {
  options: PlayOptions;
  /** How it went with the student's parts; null on a server of the kit's. */
  own: OwnOutcome | null;
}

/** What came of all cuts. */
export interface TriedEvery extends CutReport {
  own: OwnOutcome | null;
}

/**
 * Plays it.
 *
 * @param unwanted ends what the student's server plays
 * @throws PlayError as `play` does
 * @throws Error where the student's server cannot be played
 */
export async function playOn(
  scenario: Scenario,
  options: PlayOptions,
  unwanted?: AbortSignal,
): Promise<PlayedRun> {
  if (options.profile !== 'mine') {
    return { ...(await simulate(scenario, optionsHere(options))), options, own: null };
  }
  const { done, wrote } = await inWorker({ scenario, options, cut: null }, unwanted);
  if (done.run === null) throw new Error('bug: nothing was played');
  const run = { ...done.run, scenario, options, own: done.own };
  wroteThen.set(run, wrote);
  return run;
}

/** Plays a scenario that ships on the student's server. @throws as {@link playOn} */
export function playMine(name: string, seed: number, unwanted: AbortSignal): Promise<PlayedRun> {
  const scenario = SCENARIOS.get(name);
  if (scenario === undefined) throw new Error(`bug: no scenario ${name}`);
  return playOn(scenario, { seed, profile: 'mine' }, unwanted);
}

/** What the student had written when a run was played. */
const wroteThen = new WeakMap<PlayedRun, string>();

/** Whether a run would be the same now: the student may have written on. */
export function isOfNow(run: PlayedRun): boolean {
  return run.own === null || wroteThen.get(run) === player?.written;
}

/** Tries every cut of the streams of some clients. @throws as {@link playOn} */
export async function tryEveryOn(
  scenario: Scenario,
  options: PlayOptions,
  clients: readonly string[],
): Promise<TriedEvery> {
  if (options.profile !== 'mine') {
    return { ...(await tryEveryCut(scenario, { ...optionsHere(options), clients })), own: null };
  }
  const { done } = await inWorker({ scenario, options, cut: clients });
  if (done.cuts === null) throw new Error('bug: nothing was cut');
  return { ...done.cuts, own: done.own };
}

function optionsHere({ profile = 'rfc6455', rules = [], ...options }: PlayOptions) {
  return { ...options, profile: profileOf(profile), rules: rules.map(simulated) };
}

const running = signal<readonly AbortController[]>([]);

/** Whether the student's server plays: what has no loop (a regular expression, say) can last without end. */
export const isMinePlaying = computed(() => running.value.length > 0);

/** Ends whatever it plays. */
export function stopMine(): void {
  for (const one of running.peek()) one.abort();
}

async function inWorker(
  task: Task,
  unwanted?: AbortSignal,
): Promise<{ done: Done; wrote: string }> {
  if (player === null) throw new Error('bug: nothing plays on the own server');
  const stopping = new AbortController();
  unwanted?.addEventListener('abort', () => stopping.abort(), { once: true });
  if (unwanted?.aborted) stopping.abort();
  running.value = [...running.peek(), stopping];
  try {
    const { done, wrote } = await player.play(task, stopping.signal);
    if (done === null) throw new Error(say('mine.stopped'));
    return { done, wrote };
  } finally {
    running.value = running.peek().filter((one) => one !== stopping);
  }
}
