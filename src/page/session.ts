/**
 * What the page is about: the values of the address, the run that they name, and the walk through
 * it. Everything happens in the page; nothing reads a server.
 * @module
 */

import { batch, computed, effect, type Signal, signal } from '@preact/signals';
import { SCENARIOS, TWO_LOOPS } from '../scenario/shipped.js';
import { type Profile, type SimulatedRun, simulate } from '../scenario/simulate.js';
import type { Touch } from '../scenario/touch.js';
import { describeError } from '../texts/errors.js';
import { strangerOf, type TraceMaker } from '../trace/maker.js';
import { readTrace } from '../trace/ndjson.js';
import { printable } from '../trace/text.js';
import { asksForNothing, type Parameters, readAddress, writeAddress } from './address.js';
import { FORK_PARAMETERS, ForkState } from './fork/state.js';
import { language } from './language.js';
import { readRules, simulated } from './play/rules.js';
import { say } from './texts.js';
import { Walk } from './walk/walk.js';
import type { StraceTeller, ToldFile, TracedLoop } from './watch/told.js';

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
  /** The loops of what was opened: one of a trace, several of a program that has as many. */
  readonly loops = signal<readonly TracedLoop[]>([]);
  /** The number of the one that is walked through, from 1. */
  readonly loop = signal(1);
  /** What made the trace that is walked through; null for a file that does not say. */
  readonly maker = computed((): TraceMaker | null =>
    this.opened.value === null
      ? madeHere(this.profile.value)
      : (this.loops.value[this.loop.value - 1]?.maker ?? null),
  );
  /** Whose loop it is, where that is none of ours, so that no source of ours is its; else null. */
  readonly stranger = computed(() => strangerOf(this.maker.value));
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

  readonly #loadTeller: () => Promise<StraceTeller>;
  readonly #isNew = signal(false);
  readonly #parameters: Parameters;
  readonly #values = new Map<string, Signal<string>>();
  /** Counts the runs: an answer that comes late is not taken. */
  #runs = 0;
  #played = '';
  /** The run that the address named when a file was opened. */
  #beside = '';
  /** The recording of the gallery that is walked through; '' for another file, or none. */
  #shown = '';

  /**
   * @param parameters all that an address can say
   * @param loadTeller loads what tells the loops of other programs
   */
  constructor(parameters: Parameters, loadTeller: () => Promise<StraceTeller> = noTeller) {
    this.#loadTeller = loadTeller;
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

  /** Whether what is seen came out of a file, which no address holds; it holds a recording of the gallery. */
  get holdsFile(): boolean {
    return this.opened.value !== null && this.parameter('recording').value === '';
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
    const notes = error === null ? [] : [say('trace.cut', { name, n: events.length, reason })];
    this.#show(name, { loops: [{ maker, events }], busiest: 1, notes });
    this.walk.nextTurn();
  }

  /** Walks through a loop of a file that strace wrote, the one with the most steps. */
  async openStrace(file: File): Promise<void> {
    const name = printable(file.name);
    const number = ++this.#runs;
    this.isBusy.value = true;
    try {
      const { tell } = await this.#loadTeller();
      const onRead = (part: number): boolean => {
        if (number !== this.#runs) return false;
        const percent = String(Math.floor(100 * part));
        this.notices.value = part < 1 ? [say('strace.reading', { name, percent })] : [];
        return true;
      };
      const told = await tell(file, { name, onRead });
      if (told === null) return;
      if (told.loops.length === 0) this.notices.value = told.notes;
      else {
        this.#show(name, told);
        this.walk.nextTurn();
      }
    } catch (error) {
      if (number === this.#runs) this.notices.value = [sayNotLoaded(error)];
    } finally {
      if (number === this.#runs) this.isBusy.value = false;
    }
  }

  /** Walks through another loop of what was opened. @param number from 1 */
  chooseLoop(number: number): void {
    const loop = this.loops.peek()[number - 1];
    if (loop === undefined) return;
    batch(() => {
      this.loop.value = number;
      this.parameter('loop').value = String(number);
      this.walk.load(loop.events);
      this.walk.nextTurn();
    });
  }

  /** What was opened is walked through, from its first step. @param recording its name in the gallery; '' for a file */
  #show(name: string, { loops, busiest, notes }: ToldFile, recording = '', wanted = 0): void {
    const number = loops[wanted - 1] === undefined ? busiest : wanted;
    const loop = loops[number - 1];
    if (loop === undefined) throw new Error('bug: a file that is shown has a loop');
    this.#runs++; // what is still being played comes too late
    batch(() => {
      this.isBusy.value = false;
      this.loops.value = loops;
      this.loop.value = number;
      this.opened.value = name;
      this.#shown = recording;
      this.forks.forget();
      const profile = this.#parameters.profile?.mend(loop.maker?.profile ?? '');
      if (typeof profile === 'string') this.parameter('profile').value = profile;
      this.parameter('recording').value = recording;
      this.parameter('loop').value = wanted === 0 ? '0' : String(number);
      this.#beside = this.#runBeside();
      this.parameter('view').value = 'loop';
      this.notices.value = notes;
      this.walk.load(loop.events);
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
      this.parameter('recording').value = '';
      this.parameter('loop').value = '0';
    });
    await this.#play(1);
  }

  /** Chooses the seed: another run, or another run of the world. */
  async chooseSeed(seed: string): Promise<void> {
    const isWorld = this.parameter('recording').peek() === TWO_LOOPS;
    await (isWorld ? this.chooseInWorld({ seed }) : this.choose({ seed }));
  }

  /** Plays the world of several machines with another seed, or other rules of its network. */
  async chooseInWorld(changes: { seed?: string; rules?: string }): Promise<void> {
    for (const [name, value] of Object.entries(changes)) this.parameter(name).value = value;
    this.notices.value = [];
    await this.#playRecording(TWO_LOOPS, 1);
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
    const recording = this.parameter('recording').peek();
    if (recording !== '') {
      await this.#playRecording(recording, step);
      return;
    }
    const [name = '', seed, profile] = RUN.map((one) => this.parameter(one).peek());
    const wanted = [name, seed, profile].join(' ');
    // a link from room to room leads back to the trace that was opened; one to a fork is about a run
    const isOpen = this.opened.peek() !== null && this.#shown === '';
    const isOfFile = isOpen && this.parameter('fork').peek() === '';
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

  /** Walks through a recording of the gallery. */
  async #playRecording(name: string, step: number): Promise<void> {
    const wanted = Number(this.parameter('loop').peek());
    const [seed = '', rules = ''] =
      name === TWO_LOOPS ? ['seed', 'rules'].map((one) => this.parameter(one).peek()) : [];
    const shown = [name, seed, rules].join(' ');
    if (this.opened.peek() !== null && this.#shown === shown) {
      if (wanted > 0 && wanted !== this.loop.peek()) this.chooseLoop(wanted);
      this.#seek(step);
      return;
    }
    const number = ++this.#runs;
    this.isBusy.value = true;
    let isLoaded = false;
    try {
      const { tellRecording } = await this.#loadTeller();
      isLoaded = true;
      const world = { seed: Number(seed), rules: (readRules(rules) ?? []).map(simulated) };
      const told = await tellRecording(name, world);
      if (number !== this.#runs) return;
      if (told === null) await this.#playInstead(say('gallery.none', { name }));
      else this.#showRecording(name, told, wanted, step);
      this.#shown = told === null ? '' : shown;
    } catch (error) {
      if (number !== this.#runs) return;
      const why =
        name === TWO_LOOPS && isLoaded
          ? say('app.failed', { reason: describeError(error, language.value) })
          : sayNotLoaded(error);
      await this.#playInstead(why);
    }
  }

  #showRecording(name: string, told: ToldFile & { title: string }, loop: number, step: number) {
    const { notices } = this;
    const before = notices.peek();
    const view = this.parameter('view').peek();
    this.#show(told.title, told, name, loop);
    this.parameter('view').value = view; // the address says where it is looked at
    notices.value = [...before, ...told.notes];
    if (step > 1) this.#seek(step);
    else this.walk.nextTurn();
  }

  /** Says why a recording is not there, and plays the run that the address names beside it. */
  async #playInstead(why: string): Promise<void> {
    this.parameter('recording').value = '';
    await this.#play(1);
    this.#notice(why);
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

/** A page that takes no files needs none. */
function noTeller(): Promise<never> {
  return Promise.reject(new Error('bug: nothing tells what strace wrote'));
}

function sayNotLoaded(error: unknown): string {
  return say('strace.not-loaded', { reason: describeError(error, language.value) });
}

/** Who makes the trace of a run that is played in the page. */
export function madeHere(profile: Profile): TraceMaker {
  return { program: 'loopscope', profile, clock: 'virtual', recorder: 'page' };
}
