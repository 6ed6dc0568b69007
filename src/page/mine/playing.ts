/**
 * Plays a scenario on any server that the page has: the room, the mirror, and the student's own, whose parts
 * run in a worker, so that nothing that they do stops the page.
 * @module
 */

import { computed, signal } from '@preact/signals';
import { type CutReport, tryEveryCut } from '../../scenario/cuts.js';
import type { Scenario } from '../../scenario/scenario.js';
import { SCENARIOS } from '../../scenario/shipped.js';
import {
  type Profile,
  type SimulatedRun,
  type SimulateOptions,
  simulate,
} from '../../scenario/simulate.js';
import { enrol, type Learning, student } from '../lessons/learning.js';
import type { NetworkRule } from '../play/rules.js';
import { simulated } from '../play/simulated.js';
import { say } from '../texts.js';
import { loadMine } from './load.js';
import { ownSources } from './own.js';
import type { Done, OwnOutcome, Task } from './worker-words.js';

/** The servers that play: two of the kit's, and the student's. */
export const SERVERS = ['rfc6455', 'original', 'mine'] as const;

/** One of them. */
export type ServerName = (typeof SERVERS)[number];

/** How a scenario is played: data, which can be sent to a worker. */
export interface PlayOptions
  extends Pick<SimulateOptions, 'seed' | 'latencyMs' | 'jitterMs' | 'mostReceived'> {
  /** On which server. Default `rfc6455`. */
  profile?: ServerName;
  rules?: readonly NetworkRule[];
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

/** Whose code a server's steps are shown with: a student's parts stand in the room. */
export function profileOf(server: ServerName): Profile {
  return server === 'mine' ? 'rfc6455' : server;
}

/** Plays it. @throws PlayError as `play` does @throws Error where the student's server cannot be played */
export async function playOn(scenario: Scenario, options: PlayOptions): Promise<PlayedRun> {
  if (options.profile !== 'mine') {
    return { ...(await simulate(scenario, optionsHere(options))), options, own: null };
  }
  const { done, wrote } = await inWorker({ scenario, options, cut: null });
  if (done.run === null) throw new Error('bug: nothing was played');
  const run = { ...done.run, scenario, options, own: done.own };
  wroteThen.set(run, wrote);
  return run;
}

/** Plays a scenario that ships on the student's server. @throws as {@link playOn} */
export function playMine(name: string, seed: number): Promise<PlayedRun> {
  const scenario = SCENARIOS.get(name);
  if (scenario === undefined) throw new Error(`bug: no scenario ${name}`);
  return playOn(scenario, { seed, profile: 'mine' });
}

/** What the student had written when a run was played. */
const wroteThen = new WeakMap<PlayedRun, string>();

/** Whether a run would be the same now: the student may have written on. */
export function isOfNow(run: PlayedRun): boolean {
  const learning = student.peek();
  return run.own === null || (learning !== null && wroteThen.get(run) === written(learning));
}

function written(learning: Learning): string {
  return JSON.stringify(ownSources(learning).map(({ lesson, source }) => [lesson, source]));
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

async function inWorker(task: Task): Promise<{ done: Done; wrote: string }> {
  const stopping = new AbortController();
  running.value = [...running.peek(), stopping];
  try {
    const [{ run }, learning] = await Promise.all([loadMine(), enrol()]);
    const wrote = written(learning);
    const done = await run(task, learning, stopping.signal);
    if (done === null) throw new Error(say('mine.stopped'));
    return { done, wrote };
  } finally {
    running.value = running.peek().filter((one) => one !== stopping);
  }
}
