/**
 * What the page is about: the values of the address, the run that they name, and the walk through
 * it. Everything happens in the page; nothing reads a server.
 * @module
 */

import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { SCENARIOS, TWO_LOOPS } from '../scenario/shipped.js';
import type { Touch } from '../scenario/touch.js';
import { describeError } from '../texts/errors.js';
import { strangerOf, type TraceMaker } from '../trace/maker.js';
import { printable } from '../trace/text.js';
import { asksForNothing, type Parameters, readAddress } from './address.js';
import { FORK_PARAMETERS, type Forked, ForkState } from './fork/state.js';
import { language } from './language.js';
import { Latest } from './latest.js';
import { isOfNow, type PlayedRun, playOn } from './mine/playing.js';
import { profileOf, type ServerName } from './mine/servers.js';
import { saysOfOwn } from './mine/words.js';
import { noTeller, Opened, readTraceFile, sayNotLoaded, tellFile } from './opened.js';
import { readRules } from './play/rules.js';
import { simulated } from './play/simulated.js';
import { say } from './texts.js';
import { AddressValues } from './values.js';
import { Walk } from './walk/walk.js';
import type { StraceTeller, ToldFile, TracedLoop } from './watch/told.js';

/** The parameters that say which run it is. */
const RUN = ['scenario', 'seed', 'profile'] as const;

/** One page's state. */
export class Session {
  /** The walk through the run. */
  readonly walk = new Walk();
  /** The run; null until the first has been played. */
  readonly run = signal<PlayedRun | null>(null);
  /** Its fork, where it has one. */
  readonly forks: ForkState;
  /** Whether a run is being played, or a file read. */
  readonly isBusy: ReadonlySignal<boolean>;
  /** The name of the file whose trace is walked through, in place of a run; null for none. */
  readonly opened: ReadonlySignal<string | null>;
  /** The loops of what was opened: one of a trace, several of a program that has as many. */
  readonly loops: ReadonlySignal<readonly TracedLoop[]>;
  /** The number of the one that is walked through, from 1. */
  readonly loop: ReadonlySignal<number>;
  /** What made the trace that is walked through; null for a file that does not say. */
  readonly maker = computed((): TraceMaker | null =>
    this.opened.value === null
      ? madeHere(this.profile.value)
      : (this.#opened.loop.value?.maker ?? null),
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
  readonly profile = computed(() => this.parameter('profile').value as ServerName);
  /** The address of all that is seen. */
  readonly address = computed(() => this.addressWith({}));

  readonly #loadTeller: () => Promise<StraceTeller>;
  readonly #isNew = signal(false);
  readonly #values: AddressValues;
  readonly #latest = new Latest();
  readonly #opened = new Opened();
  #played = '';
  /** The run that the address named when a file was opened. */
  #beside = '';

  /**
   * @param parameters all that an address can say
   * @param loadTeller loads what tells the loops of other programs
   */
  constructor(parameters: Parameters, loadTeller: () => Promise<StraceTeller> = noTeller) {
    this.#loadTeller = loadTeller;
    this.#values = new AddressValues({ ...parameters, ...FORK_PARAMETERS });
    this.isBusy = this.#latest.isBusy;
    this.opened = this.#opened.name;
    this.loops = this.#opened.loops;
    this.loop = this.#opened.number;
    this.forks = new ForkState(this.walk, (name) => this.parameter(name));
    effect(() => {
      this.walk.speed.value = Number(this.parameter('speed').value);
    });
  }

  /** The value of a parameter, to read and to write. The address follows. */
  parameter(name: string): Signal<string> {
    return this.#values.of(name);
  }

  /** Whether what is seen came out of a file, which no address holds; it holds a recording of the gallery. */
  get holdsFile(): boolean {
    return this.opened.value !== null && this.parameter('recording').value === '';
  }

  /** The address with some values changed: where a link leads. */
  addressWith(changes: Readonly<Record<string, string>>): string {
    const step = String(Math.max(1, this.walk.position.value));
    return this.#values.addressWith({ step, ...changes });
  }

  /** Goes where an address leads. */
  async follow(hash: string): Promise<void> {
    const { values, notices } = readAddress(hash, this.#values.parameters);
    batch(() => {
      this.#values.take(values);
      this.notices.value = notices;
      this.#isNew.value = asksForNothing(hash);
    });
    await this.#play(Number(values.step));
    // what comes before the first select only makes the listener
    if (this.#isNew.peek() && this.walk.position.peek() <= 1) this.walk.nextTurn();
  }

  /** Walks through the trace of a file, as far as it can be read. What is wrong with it becomes a notice. */
  openTrace(file: string, text: string): void {
    const name = printable(file);
    const told = readTraceFile(name, text);
    if (typeof told === 'string') {
      this.notices.value = [told];
      return;
    }
    this.#show(name, told);
    this.walk.nextTurn();
  }

  /** Walks through a loop of a file that strace wrote, the one with the most steps. */
  async openStrace(file: File): Promise<void> {
    const name = printable(file.name);
    await this.#latest.only(async (isWanted) => {
      const telling = { name, isWanted, loadTeller: this.#loadTeller, notices: this.notices };
      const told = await tellFile(file, telling);
      if (told === null) return;
      this.#show(name, told);
      this.walk.nextTurn();
    });
  }

  /** Walks through another loop of what was opened. @param number from 1 */
  chooseLoop(number: number): void {
    batch(() => {
      const loop = this.#opened.choose(number);
      if (loop === null) return;
      this.parameter('loop').value = String(number);
      this.walk.load(loop.events);
      this.walk.nextTurn();
    });
  }

  /** What was opened is walked through, from its first step. @param recording its name in the gallery; '' for a file */
  #show(name: string, told: ToldFile, recording = '', wanted = 0): void {
    this.#latest.drop(); // what is still being played comes too late
    batch(() => {
      const { maker, events } = this.#opened.take(name, told, recording, wanted);
      this.forks.forget();
      const made = this.#values.parameters.profile?.mend(maker?.profile ?? '');
      // what a file holds was played by none of the student's parts
      this.parameter('profile').value = made ?? profileOf(this.profile.peek());
      this.parameter('recording').value = recording;
      this.parameter('loop').value = wanted === 0 ? '0' : String(this.loop.peek());
      this.#beside = this.#runBeside();
      this.parameter('view').value = 'loop';
      this.notices.value = told.notes;
      this.walk.load(events);
    });
  }

  /** Chooses another run, which begins at its first step. */
  async choose(changes: Partial<Record<(typeof RUN)[number], string>>): Promise<void> {
    batch(() => {
      this.#values.take(changes);
      this.notices.value = [];
      this.forks.forget();
      if (this.opened.value !== null) this.#played = ''; // a file is laid away, and the run is played anew
      this.#opened.name.value = null;
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
  async chooseInWorld(changes: { seed?: string; network?: string }): Promise<void> {
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
    await this.#latest.only(async (isWanted) => {
      const problem = await this.forks.touch(run, touch, isWanted);
      if (isWanted() && problem !== null) this.#notice(problem); // else another run was chosen meanwhile
    });
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
    const isOpen = this.opened.peek() !== null && this.#opened.recording === '';
    const isOfFile = isOpen && this.parameter('fork').peek() === '';
    if (isOfFile && this.#runBeside() === this.#beside) {
      this.#seek(step);
      return;
    }
    const scenario = SCENARIOS.get(name);
    if (scenario === undefined) throw new Error(`bug: no scenario ${name}`);
    const last = wanted === this.#played ? this.run.peek() : null;
    const known = last !== null && isOfNow(last) ? last : null;
    const how = { seed: Number(seed), profile: profile as ServerName };
    await this.#latest.only(async (isWanted, unwanted) => {
      try {
        const run = known ?? (await playOn(scenario, how, unwanted));
        const forked = await this.forks.make(run);
        if (!isWanted()) return;
        this.#showRun(run, forked, wanted, step);
        if (known === null) for (const text of saysOfOwn(run.own)) this.#notice(text);
      } catch (error) {
        if (!isWanted()) return;
        this.#notice(say('app.failed', { reason: describeError(error, language.value) }));
      }
    }, known === null);
  }

  #showRun(run: PlayedRun, forked: Forked | string | null, wanted: string, step: number): void {
    this.#played = wanted;
    batch(() => {
      this.run.value = run;
      this.#opened.name.value = null;
      if (typeof forked === 'string') this.#notice(forked);
      this.forks.show(run, typeof forked === 'string' ? null : forked);
      this.#seek(step);
    });
  }

  /** Walks through a recording of the gallery. */
  async #playRecording(name: string, step: number): Promise<void> {
    const wanted = Number(this.parameter('loop').peek());
    const [seed = '', rules = ''] =
      name === TWO_LOOPS ? ['seed', 'network'].map((one) => this.parameter(one).peek()) : [];
    const shown = [name, seed, rules].join(' ');
    if (this.opened.peek() !== null && this.#opened.recording === shown) {
      if (wanted > 0 && wanted !== this.loop.peek()) this.chooseLoop(wanted);
      this.#seek(step);
      return;
    }
    let isLoaded = false;
    await this.#latest.only(async (isWanted) => {
      try {
        const { tellRecording } = await this.#loadTeller();
        isLoaded = true;
        const world = { seed: Number(seed), rules: (readRules(rules) ?? []).map(simulated) };
        const told = await tellRecording(name, world);
        if (!isWanted()) return;
        if (told === null) await this.#playInstead(say('gallery.none', { name }));
        else this.#showRecording(name, told, wanted, step);
        this.#opened.recording = told === null ? '' : shown;
      } catch (error) {
        if (!isWanted()) return;
        const why =
          name === TWO_LOOPS && isLoaded
            ? say('app.failed', { reason: describeError(error, language.value) })
            : sayNotLoaded(error);
        await this.#playInstead(why);
      }
    });
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

/** Who makes the trace of a run that is played in the page. */
export function madeHere(server: ServerName): TraceMaker {
  return { program: 'loopscope', profile: profileOf(server), clock: 'virtual', recorder: 'page' };
}
