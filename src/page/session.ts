/**
 * What the page is about: the values of the address, the run that they name, and the walk through
 * it. Everything happens in the page; nothing reads a server.
 * @module
 */

import { batch, computed, effect, type Signal, signal } from '@preact/signals';
import { SCENARIOS } from '../scenario/shipped.js';
import { type Profile, type SimulatedRun, simulate } from '../scenario/simulate.js';
import type { Touch } from '../scenario/touch.js';
import { describeError } from '../texts/errors.js';
import type { TraceMaker } from '../trace/maker.js';
import { readTrace } from '../trace/ndjson.js';
import { printable } from '../trace/text.js';
import { asksForNothing, type Parameters, readAddress, writeAddress } from './address.js';
import { FORK_PARAMETERS, ForkState } from './fork/state.js';
import { language } from './language.js';
import { say } from './texts.js';
import { Walk } from './walk/walk.js';

/** The parameters that say which run it is. */
const RUN = ['scenario', 'seed', 'profile'] as const;

/** One page's state. */
export class Session {
  /** The walk through the run. */
  readonly walk = new Walk();
  /** The run; null until the first has been played. */
  readonly run = signal<SimulatedRun | null>(null);
  /** Its fork, where it has one. */
  readonly forks: ForkState;
  /** Whether a run is being played. */
  readonly isBusy = signal(false);
  /** The name of the file whose trace is walked through, in place of a run; null for none. */
  readonly opened = signal<string | null>(null);
  /** What made the trace that is walked through; null for a file that does not say. */
  readonly maker = computed((): TraceMaker | null =>
    this.opened.value === null ? madeHere(this.profile.value) : this.#maker.value,
  );
  /** Whether somebody has come who asked for nothing, and has not moved yet. */
  readonly isWelcome = computed(
    () =>
      this.#isNew.value &&
      this.opened.value === null &&
      this.walk.position.value === this.walk.turns.value[0],
  );
  /** What is walked through, for a person: the file, or the scenario. */
  readonly runName = computed(() => this.opened.value ?? this.parameter('scenario').value);
  /** What is to be said about the address or the run, a line each; a person dismisses it. */
  readonly notices = signal<readonly string[]>([]);
  /** The server that plays. */
  readonly profile = computed(() => this.parameter('profile').value as Profile);
  /** The address of all that is seen. */
  readonly address = computed(() => this.addressWith({}));

  readonly #isNew = signal(false);
  /** What a file says of itself. */
  readonly #maker = signal<TraceMaker | null>(null);
  readonly #parameters: Parameters;
  readonly #values = new Map<string, Signal<string>>();
  /** Counts the runs: an answer that comes late is not taken. */
  #runs = 0;
  #played = '';
  /** The run that the address named when a file was opened. */
  #beside = '';

  /** @param parameters all that an address can say */
  constructor(parameters: Parameters) {
    this.#parameters = { ...parameters, ...FORK_PARAMETERS };
    for (const [name, { fallback }] of Object.entries(this.#parameters)) {
      this.#values.set(name, signal(fallback));
    }
    this.forks = new ForkState(this.walk, (name) => this.parameter(name));
    effect(() => {
      this.walk.speed.value = Number(this.parameter('speed').value);
    });
  }

  /** The value of a parameter, to read and to write. The address follows. */
  parameter(name: string): Signal<string> {
    const value = this.#values.get(name);
    if (value === undefined) throw new Error(`bug: the address has no parameter ${name}`);
    return value;
  }

  /** Whether what is seen came out of a file, which no address holds. */
  get holdsFile(): boolean {
    return this.opened.value !== null;
  }

  /** The address with some values changed: where a link leads. */
  addressWith(changes: Readonly<Record<string, string>>): string {
    const values = Object.fromEntries([...this.#values].map(([name, { value }]) => [name, value]));
    values.step = String(Math.max(1, this.walk.position.value));
    return writeAddress({ ...values, ...changes }, this.#parameters);
  }

  /** Goes where an address leads. */
  async follow(hash: string): Promise<void> {
    const { values, notices } = readAddress(hash, this.#parameters);
    batch(() => {
      for (const [name, value] of Object.entries(values)) this.parameter(name).value = value;
      this.notices.value = notices;
      this.#isNew.value = asksForNothing(hash);
    });
    await this.#play(Number(values.step));
    // what comes before the first select only makes the listener
    if (this.#isNew.peek() && this.walk.position.peek() <= 1) this.walk.nextTurn();
  }

  /** Walks through the trace of a file, as far as it can be read. What is wrong with it becomes a notice. */
  openTrace(file: string, text: string): void {
    const { events, error, maker } = readTrace(text);
    const name = printable(file);
    const reason = error === null ? '' : describeError(error, language.value);
    if (events.length === 0) {
      this.notices.value = [say('trace.none', { name, reason: reason || say('trace.empty') })];
      return;
    }
    this.#runs++; // what is still being played comes too late
    batch(() => {
      this.isBusy.value = false;
      this.#maker.value = maker;
      this.opened.value = name;
      this.forks.forget();
      const profile = this.#parameters.profile?.mend(maker?.profile ?? '');
      if (typeof profile === 'string') this.parameter('profile').value = profile;
      this.#beside = this.#runBeside();
      this.parameter('view').value = 'loop';
      this.notices.value =
        error === null ? [] : [say('trace.cut', { name, n: events.length, reason })];
      this.walk.load(events);
      this.walk.nextTurn();
    });
  }

  /** Chooses another run, which begins at its first step. */
  async choose(changes: Partial<Record<(typeof RUN)[number], string>>): Promise<void> {
    batch(() => {
      for (const [name, value] of Object.entries(changes)) this.parameter(name).value = value;
      this.notices.value = [];
      this.forks.forget();
      if (this.opened.value !== null) this.#played = ''; // a file is laid away, and the run is played anew
      this.opened.value = null;
    });
    await this.#play(1);
  }

  /** Chooses the server: another run; of a trace that was opened, only whose code stands beside it. */
  async chooseProfile(profile: string): Promise<void> {
    if (this.opened.peek() === null) await this.choose({ profile });
    else this.parameter('profile').value = profile;
  }

  /** Forks the run, and goes to where both part. */
  async fork(touch: Touch): Promise<void> {
    const run = this.run.peek();
    if (run === null) return;
    this.walk.pause();
    const number = ++this.#runs;
    this.isBusy.value = true;
    const problem = await this.forks.touch(run, touch, () => number === this.#runs);
    if (number !== this.#runs) return; // another run was chosen meanwhile
    this.isBusy.value = false;
    if (problem !== null) this.#notice(problem);
  }

  async #play(step: number): Promise<void> {
    const [name = '', seed, profile] = RUN.map((one) => this.parameter(one).peek());
    const wanted = [name, seed, profile].join(' ');
    // a link from room to room leads back to the trace that was opened; one to a fork is about a run
    const isOfFile = this.opened.peek() !== null && this.parameter('fork').peek() === '';
    if (isOfFile && this.#runBeside() === this.#beside) {
      this.#seek(step);
      return;
    }
    const scenario = SCENARIOS.get(name);
    if (scenario === undefined) throw new Error(`bug: no scenario ${name}`);
    const number = ++this.#runs;
    const known = wanted === this.#played ? this.run.peek() : null;
    this.isBusy.value = known === null;
    try {
      const how = { seed: Number(seed), profile: profile as Profile };
      const run = known ?? (await simulate(scenario, how));
      const forked = await this.forks.make(run);
      if (number !== this.#runs) return;
      this.#played = wanted;
      batch(() => {
        this.run.value = run;
        this.opened.value = null;
        if (typeof forked === 'string') this.#notice(forked);
        this.forks.show(run, typeof forked === 'string' ? null : forked);
        this.#seek(step);
      });
    } catch (error) {
      this.#notice(say('app.failed', { reason: describeError(error, language.value) }));
    } finally {
      if (number === this.#runs) this.isBusy.value = false;
    }
  }

  #runBeside(): string {
    return [this.parameter('scenario').peek(), this.parameter('seed').peek()].join(' ');
  }

  #seek(step: number): void {
    if (this.walk.seek(step)) return;
    this.#notice(
      say('address.step', { step: String(step), length: this.walk.events.peek().length }),
    );
  }

  #notice(text: string): void {
    const others = this.notices.peek().filter((one) => one !== text);
    this.notices.value = [...others, text];
  }
}

/** Who makes the trace of a run that is played in the page. */
export function madeHere(profile: Profile): TraceMaker {
  return { program: 'loopscope', profile, clock: 'virtual', recorder: 'page' };
}
