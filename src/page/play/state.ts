/**
 * The state of the Play view: the draft that is being changed, and the futures that were played,
 * each with a walk of its own.
 * @module
 */

import { batch, effect, signal } from '@preact/signals';
import { type Action, checkScenario, type Scenario } from '../../scenario/scenario.js';
import { SCENARIOS } from '../../scenario/shipped.js';
import { stepOfEvent } from '../../scenario/simulate.js';
import { isOfBytes, type Touch, touched } from '../../scenario/touch.js';
import { describeError } from '../../texts/errors.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import { type PlayedRun, playOn } from '../mine/playing.js';
import type { ServerName } from '../mine/servers.js';
import { saysOfOwn } from '../mine/words.js';
import type { Session } from '../session.js';
import { gap, say } from '../texts.js';
import { Walk } from '../walk/walk.js';
import {
  type Draft,
  draftOf,
  optionsOf,
  readActs,
  readDraft,
  writeActs,
  writeDraft,
} from './draft.js';
import { readRules, writeRules } from './rules.js';

/** A future: what was played. */
export interface Lane {
  /** A to Z. */
  readonly letter: string;
  /** What it was made of. */
  readonly draft: Draft;
  /** The run. */
  readonly run: PlayedRun;
  /** The walk through it. */
  readonly walk: Walk;
  /** Where it turned off from another; null for one that began at the beginning. */
  readonly forkOf: { readonly letter: string; readonly at: number } | null;
}

/** The future that another turns off from, and before which act; null for none. */
type Turning = { lane: Lane; at: number } | null;

/** Lanes at the most. */
const MOST = 6;

/** A file with more bytes is not opened. */
const MOST_BYTES = 2_000_000;

/** What of the address is this view's. */
const NAMES = ['scenario', 'seed', 'profile', 'latency', 'jitter', 'rules', 'acts'] as const;

/** The state. */
export class PlayState {
  /** What is being changed. */
  readonly draft = signal<Draft>(draftOf(firstScenario()));
  /** The futures, in the order of playing. */
  readonly lanes = signal<readonly Lane[]>([]);
  /** The letter of the one that is seen. */
  readonly active = signal('');
  /** The letter of the one beside it; '' for none. */
  readonly beside = signal('');
  /** The future that the draft turns off from, and before which act; null for none. */
  readonly forking = signal<Turning>(null);
  /** What is wrong, or was done, in a line. */
  readonly notice = signal('');
  /** Whether a run is being played. */
  readonly isBusy = signal(false);
  readonly #session: Session;
  #written = '';
  #letters = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Takes what the address says whenever somebody else has changed it. @returns ends that */
  follow(): () => void {
    return effect(() => {
      const values = NAMES.map((name) => this.#session.parameter(name).value);
      if (values.join('\n') !== this.#written) this.#read(values);
    });
  }

  /** The lane of a letter. */
  lane(letter: string): Lane | undefined {
    return this.lanes.value.find((one) => one.letter === letter);
  }

  /** Changes the draft; the address follows as far as it fits. */
  change(changes: Partial<Draft>): void {
    this.draft.value = { ...this.draft.peek(), ...changes };
    this.notice.value = '';
    this.#write();
  }

  /** Changes the acts. */
  changeActs(acts: Action[][]): void {
    this.change({ scenario: { ...this.draft.peek().scenario, steps: acts } });
  }

  /** Begins with a scenario that ships, as it is. */
  choose(name: string): void {
    this.forking.value = null;
    this.change({ scenario: SCENARIOS.get(name) ?? firstScenario() });
  }

  /** The scenario as it ships, with a plain network. */
  startOver(): void {
    const { scenario, profile } = this.draft.peek();
    this.forking.value = null;
    this.change({ ...draftOf(SCENARIOS.get(scenario.name) ?? firstScenario()), profile });
  }

  /** Takes a scenario, or a whole draft, that a person wrote. */
  take(text: string, name: string): void {
    try {
      const draft = readDraft(text);
      this.forking.value = null;
      this.change(draft);
      this.notice.value = say('play.loaded', { name });
    } catch (error) {
      this.notice.value = say('play.refused', {
        name,
        reason: describeError(error, language.value),
      });
    }
  }

  /** Opens a file. */
  async open(file: File): Promise<void> {
    const name = printable(file.name);
    if (file.size > MOST_BYTES) this.notice.value = say('compare.large', { name });
    else this.take(await file.text(), name);
  }

  /** The draft as a file. */
  file(): { name: string; text: string } {
    const draft = this.draft.peek();
    return { name: `${draft.scenario.name}.json`, text: writeDraft(draft) };
  }

  /** Plays the draft; a fork goes on from where it turns off. */
  run(): Promise<void> {
    const draft = this.draft.peek();
    const from = this.forking.peek();
    return this.#add(draft, from, () => {
      const scenario = checkScenario(draft.scenario);
      if (from === null) return playOn(scenario, optionsOf(draft));
      const { run } = from.lane;
      const steps = [...run.scenario.steps.slice(0, from.at), ...scenario.steps.slice(from.at)];
      return playOn({ ...run.scenario, name: `${run.scenario.name}-fork`, steps }, run.options);
    });
  }

  /** Forks a future by what befalls a client in it. */
  async touch(lane: Lane, touch: Touch): Promise<void> {
    const { scenario, options } = lane.run;
    const changed = touched(scenario, touch);
    if (typeof changed === 'string') return; // the menu offers none that cannot be
    const from = { lane, at: isOfBytes(touch.kind) ? touch.act - 1 : touch.act };
    await this.#add({ ...lane.draft, scenario: changed }, from, () => playOn(changed, options));
  }

  /** Plays a future, and keeps it beside the others. */
  async #add(draft: Draft, from: Turning, make: () => Promise<PlayedRun>): Promise<void> {
    if (this.isBusy.peek()) return;
    if (this.lanes.peek().length >= MOST) {
      this.notice.value = say('play.most');
      return;
    }
    this.isBusy.value = true;
    try {
      this.#keep(draft, await make(), from);
    } catch (error) {
      this.notice.value = say('play.wrong', { reason: describeError(error, language.value) });
    } finally {
      this.isBusy.value = false;
    }
  }

  /** Makes the future that is seen the draft, up to the act in which it stands. */
  forkHere(): void {
    const lane = this.lane(this.active.peek());
    if (lane === undefined) return;
    const at = this.forkPoint(lane);
    batch(() => {
      this.forking.value = { lane, at };
      // a fork has a name of its own; what is forked again is still the same scenario
      const { name } = lane.draft.scenario;
      this.change({ ...lane.draft, scenario: { ...lane.run.scenario, name } });
    });
  }

  /** The act of the scenario, from 0, before which a fork at the present event turns off. */
  forkPoint({ run, walk }: Lane): number {
    return stepOfEvent(run, Math.max(0, walk.position.value - 1));
  }

  /** Forgets a future. */
  forget(letter: string): void {
    batch(() => {
      this.lane(letter)?.walk.pause();
      this.lanes.value = this.lanes.peek().filter((one) => one.letter !== letter);
      if (this.forking.peek()?.lane.letter === letter) this.forking.value = null;
      if (this.beside.peek() === letter) this.beside.value = '';
      if (this.active.peek() === letter) this.active.value = this.lanes.peek().at(-1)?.letter ?? '';
      if (this.beside.peek() === this.active.peek()) this.beside.value = '';
    });
  }

  #keep(draft: Draft, run: PlayedRun, from: Turning): void {
    const letter = String.fromCharCode(65 + (this.#letters++ % 26));
    const walk = new Walk();
    // a fork is the same up to where it turns off: there one wants to look
    walk.load(run.events, from === null ? 1 : firstEventOf(run, from.at) + 1);
    const forkOf = from === null ? null : { letter: from.lane.letter, at: from.at };
    batch(() => {
      const before = this.active.peek();
      this.lanes.value = [...this.lanes.peek(), { letter, draft, run, walk, forkOf }];
      this.active.value = letter;
      this.beside.value = from === null ? before : from.lane.letter;
      this.forking.value = null;
      this.notice.value = saysOfOwn(run.own).join(gap());
    });
  }

  #read(values: readonly string[]): void {
    const [name = '', seed, profile, latency, jitter, rules = '', acts = ''] = values;
    const shipped = SCENARIOS.get(name) ?? firstScenario();
    const changed = acts === '' ? shipped.steps : (readActs(acts) ?? shipped.steps);
    this.#written = values.join('\n');
    this.forking.value = null;
    this.draft.value = {
      scenario: { ...shipped, steps: changed },
      seed: Number(seed),
      profile: profile as ServerName,
      latencyMs: Number(latency),
      jitterMs: Number(jitter),
      rules: readRules(rules) ?? [],
    };
  }

  #write(): void {
    const { scenario, seed, profile, latencyMs, jitterMs, rules } = this.draft.peek();
    const isShipped = SCENARIOS.has(scenario.name);
    const acts = writeActs(isShipped ? scenario : { ...scenario, name: firstScenario().name });
    if (acts === null) this.notice.value = say('play.long');
    const name = isShipped ? scenario.name : firstScenario().name;
    const values = [
      name,
      String(seed),
      profile,
      String(latencyMs),
      String(jitterMs),
      writeRules(rules),
      acts ?? '',
    ];
    this.#written = values.join('\n');
    batch(() => {
      for (const [i, one] of NAMES.entries()) {
        if (i > 2) this.#session.parameter(one).value = values[i] ?? '';
      }
      void this.#session.choose({ scenario: name, seed: String(seed), profile });
    });
  }
}

/** The index of the first event of an act of the scenario. */
function firstEventOf(run: PlayedRun, act: number): number {
  const { events } = run;
  const at = events.findIndex((event, i) => event.step === 'act' && stepOfEvent(run, i) >= act);
  return at === -1 ? events.length - 1 : at;
}

function firstScenario(): Scenario {
  const [first] = SCENARIOS.values();
  if (first === undefined) throw new Error('bug: no scenario ships');
  return first;
}

const states = new WeakMap<Session, PlayState>();

/** What is played in a page: it outlives the view. */
export function playOf(session: Session): PlayState {
  const state = states.get(session) ?? new PlayState(session);
  states.set(session, state);
  return state;
}
