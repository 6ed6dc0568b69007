/**
 * A walk through a trace on the whole screen, forwards and backwards. With a server behind it, the same
 * walk makes the server wait at each step.
 * @module
 */

import type { Profile } from '../scenario/simulate.js';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { Stepper } from '../trace/stepper.js';
import { describeStep } from '../trace/text.js';
import { unservedAt } from '../trace/unserved.js';
import { FiguresScreen } from './figures-screen.js';
import type { Gate, Until } from './gate.js';
import { type Press, type Size, Terminal } from './keys.js';
import { ownSourceOf, phpSourceOf, type SourceLines, sourceOf } from './sources.js';
import { type StepperSay, stepperSpeaker } from './stepper-say.js';
import { screenOf } from './stepper-screen.js';

/** A screen is drawn so many milliseconds behind what it shows, at the most. */
const REDRAW_MS = 40;

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

/** What a walk is made of. */
export interface WalkOptions {
  /** One, or each loop of a program that has several. */
  loops: readonly WalkLoop[];
  /** Which of them is shown first, from 1. */
  loop?: number;
  /** Whose source stands beside the steps; null for a stranger's, whose figures can be seen in its place. */
  profile: Profile | null;
  /** What is wrong with the trace; empty if nothing is. */
  problem?: string;
  /** The place to open at, from 0; by default the first. */
  at?: number;
  /** Called for q and Ctrl-C. */
  onQuit: () => void;
  /** Where a server stands still, behind the last step; a trace has none. */
  gate?: Gate;
  /** Whether a program runs behind it that nobody can hold: its steps come by `watch`. */
  isWatched?: boolean;
  /** Draws where others join a server. */
  join?: (size: Size) => string[];
  /** Opens the page that has the controls too. @returns what to say of it */
  openPage?: () => Promise<string>;
  /** What is said in. */
  language?: Language;
}

/** A walk through a trace, on the whole screen. */
export class Walk {
  readonly #options: WalkOptions;
  readonly #loops: LoopWalk[];
  readonly #say: StepperSay;
  /** The one that is shown, from 0. */
  #at: number;
  #terminal: Terminal | null = null;
  /** The word that is being typed; null when none is. */
  #typed: string | null = null;
  /** The word that was looked for last. */
  #word = '';
  /** Said in the last line until the next key. */
  #said = '';
  #redraw: NodeJS.Timeout | undefined;
  #hasEnded = false;
  /** What has the screen in place of the steps; null for nothing. */
  #over: 'join' | FiguresScreen | null = null;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#say = stepperSpeaker(options.language);
    this.#loops = options.loops.map((loop) => walkOf(loop));
    this.#at = (options.loop ?? 1) - 1;
    this.#stepper.seek((options.at ?? 0) + 1);
    options.gate?.onChange(() => this.#draw());
  }

  get #loop(): LoopWalk {
    const loop = this.#loops[this.#at];
    if (loop === undefined) throw new Error('bug: a walk has a loop');
    return loop;
  }

  get #profile(): Profile | null {
    const { profile } = this.#loop;
    return profile === undefined ? this.#options.profile : profile;
  }

  get #stepper(): Stepper {
    return this.#loop.stepper;
  }

  get #events(): TraceEvent[] {
    return this.#loop.events;
  }

  /** Takes the terminal. */
  open(): void {
    this.#terminal = new Terminal(
      (key) => this.#press(key),
      () => this.#draw(),
    );
    this.#draw();
  }

  /** Gives the terminal back. */
  close(): void {
    clearTimeout(this.#redraw);
    this.#terminal?.close();
    this.#terminal = null;
  }

  /** One loop more of a program that is watched. */
  addLoop(loop: WalkLoop): void {
    this.#loops.push(walkOf(loop));
    this.#drawSoon();
  }

  /** Takes up the next event of a server; it is shown where the server stands still. @param loop from 1 */
  watch(event: TraceEvent, loop = 1): void {
    const { stepper, events } = this.#loops[loop - 1] as LoopWalk;
    if (this.#options.isWatched && events.length >= MOST_WATCHED) return;
    const isAtEnd = stepper.position === stepper.length;
    events.push(event);
    if (isAtEnd) stepper.end();
    if (this.#options.isWatched) this.#drawSoon();
  }

  /** The program that was watched has ended. */
  end(): void {
    this.#hasEnded = true;
    this.#draw();
  }

  /** Says something in the last line, until the next key. */
  say(text: string): void {
    this.#said = text;
    this.#draw();
  }

  #press(key: Press): void {
    if (key.name === 'ctrl-c' || (key.name === 'q' && this.#typed === null)) {
      this.#options.onQuit();
      return;
    }
    if (this.#over !== null) this.#pressOver(key, this.#over);
    else if (this.#typed !== null) this.#type(key, this.#typed);
    else this.#move(key);
    this.#draw();
  }

  #move({ name, text }: Press): void {
    const stepper = this.#stepper;
    this.#said = '';
    switch (text === '/' || text === '?' ? text : name) {
      case 'right':
      case 'space':
      case 'n':
        if (!stepper.next()) this.#goOn(() => true, this.#say('walk.lastStep'));
        return;
      case 'left':
      case 'b':
        this.#goTo(stepper.position - 1);
        return;
      case 'home':
        this.#goTo(1);
        return;
      case 'end':
        stepper.end();
        return;
      case 't':
        if (!stepper.nextTurn()) {
          this.#goOn((event) => event.step === 'select', this.#say('walk.lastTurn'));
        }
        return;
      case 'c':
        this.#nextOfClient();
        return;
      case 'y':
        if (!stepper.find(isCall)) this.#goOn(isCall, this.#say('walk.lastCall'));
        return;
      case '/':
        this.#typed = '';
        return;
      case '?':
        this.#said = this.#say('help');
        return;
      case 'u':
        if (this.#options.join !== undefined) this.#over = 'join';
        return;
      case 'f':
        this.#openFigures();
        return;
      case 'l':
        this.#nextLoop();
        return;
      case 'o':
        void this.#options.openPage?.().then((said) => this.say(said));
        return;
    }
  }

  #pressOver({ text }: Press, over: 'join' | FiguresScreen): void {
    this.#over = null;
    if (over === 'join') return;
    const press = over.press(text);
    if (press === 'stay') this.#over = over;
    else if (press !== null) this.#stepper.seek(press);
  }

  /** A server of ours is known; what its loop is like stands in its source. */
  #openFigures(): void {
    const { language } = this.#options;
    if (this.#profile === null) this.#over = new FiguresScreen(this.#events, language);
    else this.#said = this.#say('walk.noFigures');
  }

  #nextLoop(): void {
    if (this.#loops.length === 1) this.#said = this.#say('walk.oneLoop');
    else this.#at = (this.#at + 1) % this.#loops.length;
  }

  /** The first step is the beginning: before it there is nothing to see. */
  #goTo(position: number): void {
    if (position < 1) this.#said = this.#say('walk.firstStep');
    this.#stepper.seek(Math.max(1, position));
  }

  /** At the end of what is known only a server can go on. */
  #goOn(until: Until, said: string): void {
    const { gate } = this.#options;
    if (gate === undefined) {
      this.#said = this.#options.isWatched && !this.#hasEnded ? this.#say('walk.waitsFor') : said;
      return;
    }
    this.#stepper.end();
    if (!gate.goOn(until)) this.#said = this.#say('walk.waits');
  }

  #nextOfClient(): void {
    const { position } = this.#stepper;
    const last = this.#events.slice(0, position).findLast((event) => whose(event) !== null);
    const who = last === undefined ? null : whose(last);
    if (who === null) {
      this.#said = this.#say('walk.noClient');
      return;
    }
    const fits = (event: TraceEvent): boolean => whose(event) === who;
    if (this.#stepper.find(fits)) return;
    const said =
      typeof who === 'number'
        ? this.#say('walk.lastOfFd', { fd: who })
        : this.#say('walk.lastOfClient', { client: who });
    this.#goOn(fits, said);
  }

  #type({ name, text }: Press, typed: string): void {
    if (name === 'escape') this.#typed = null;
    else if (name === 'backspace') this.#typed = [...typed].slice(0, -1).join('');
    else if (name === 'return' || name === 'enter') {
      this.#typed = null;
      this.#word = typed || this.#word;
      this.#find();
    } else this.#typed = typed + text;
  }

  /** Looks behind this step, and then from the beginning. */
  #find(): void {
    const word = this.#word.toLowerCase();
    if (word === '') return;
    const fits = (event: TraceEvent): boolean =>
      `${event.step} ${describeStep(event, this.#options.language)}`.toLowerCase().includes(word);
    if (this.#stepper.find(fits)) return;
    const index = this.#events.findIndex(fits);
    if (index === -1) {
      this.#said = this.#say('walk.notFound', { word: this.#word });
      return;
    }
    this.#stepper.seek(index + 1);
    this.#said = this.#say('walk.fromBeginning', { word: this.#word });
  }

  #draw(): void {
    clearTimeout(this.#redraw);
    if (this.#terminal === null) return;
    if (this.#options.gate?.isHolding === false) {
      // most steps follow at once: only a server that really waits is shown as waiting
      this.#redraw = setTimeout(() => this.#drawNow(), REDRAW_MS);
    } else this.#drawNow();
  }

  /** Many steps may come at once: they are drawn together. */
  #drawSoon(): void {
    this.#redraw ??= setTimeout(() => this.#drawNow(), REDRAW_MS);
  }

  #drawNow(): void {
    clearTimeout(this.#redraw);
    this.#redraw = undefined;
    const terminal = this.#terminal;
    if (terminal === null) return;
    const { view } = this.#stepper;
    const { problem = '', join, language } = this.#options;
    const profile = this.#profile;
    if (this.#over !== null) {
      const lines = this.#over === 'join' ? join?.(terminal.size) : this.#over.draw(terminal.size);
      terminal.draw(lines ?? []);
      return;
    }
    const { title, tellsQueues } = this.#loop;
    const keys = this.#say(this.#keys());
    const { event } = view;
    const step = event?.step;
    const context = {
      title,
      length: this.#stepper.length,
      isStranger: profile === null,
      source: event === null || profile === null ? null : sourceLines(event, profile),
      php: step === undefined || profile === null ? null : phpSourceOf(step),
      tellsQueues,
      unserved: unservedAt(this.#events, view.position),
      state: this.#state(),
      problem,
      footer:
        this.#typed === null ? this.#said || keys : this.#say('walk.find', { typed: this.#typed }),
      ...(language && { language }),
    };
    terminal.draw(screenOf(view, terminal.size, context));
  }

  #keys(): Keys {
    if (this.#options.profile !== null) {
      if (this.#loops.length > 1) return 'keys.machines';
      if (this.#loop.hasCalls) return 'keys.calls';
      return this.#options.join === undefined ? 'keys' : 'keys.server';
    }
    return this.#loops.length === 1 ? 'keys.stranger' : 'keys.loops';
  }

  #state(): string {
    const { gate, isWatched } = this.#options;
    if (gate === undefined && !isWatched) return '';
    if (this.#stepper.position < this.#stepper.length) return this.#say('walk.past');
    if (this.#stepper.length >= MOST_WATCHED) return this.#say('walk.full');
    if (gate === undefined) return this.#say(this.#hasEnded ? 'walk.ended' : 'walk.watched');
    return this.#say(gate.isHolding ? 'walk.stands' : 'walk.runs');
  }
}

/** Which keys the last line names. */
type Keys =
  | 'keys'
  | 'keys.calls'
  | 'keys.server'
  | 'keys.stranger'
  | 'keys.loops'
  | 'keys.machines';

/** A loop, and where one is in it. */
interface LoopWalk {
  readonly title: string;
  readonly profile: Profile | null | undefined;
  readonly events: TraceEvent[];
  readonly stepper: Stepper;
  readonly tellsQueues: boolean;
  /** Whether a student's functions are called in it. */
  readonly hasCalls: boolean;
}

function walkOf({ title, events, profile }: WalkLoop): LoopWalk {
  const own = [...events];
  const stepper = new Stepper(own);
  stepper.seek(1);
  return {
    title,
    profile,
    events: own,
    stepper,
    tellsQueues: own.some(({ step }) => step === 'arrive'),
    hasCalls: own.some(isCall),
  };
}

function isCall({ step }: TraceEvent): boolean {
  return step === 'call';
}

/** The lines that ran: the server's, or the student's. */
function sourceLines(event: TraceEvent, profile: Profile): SourceLines | null {
  return event.step === 'call' ? ownSourceOf(event) : sourceOf(event.step, profile);
}

/** The client that an event is about: by descriptor, or by its name in the scenario. */
function whose(event: TraceEvent): number | string | null {
  if (event.step === 'act') return event.client;
  return 'fd' in event ? event.fd : null;
}
