/**
 * A walk through a trace on the whole screen, forwards and backwards. With a server behind it, the same
 * walk makes the server wait at each step.
 * @module
 */

import type { TraceEvent } from '../trace/event.js';
import type { Stepper } from '../trace/stepper.js';
import { FiguresScreen } from './figures-screen.js';
import type { Until } from './gate.js';
import { type Press, type Size, Terminal } from './keys.js';
import { isCall, LoopWalk, type WalkLoop, whose } from './loop-walk.js';
import { Search } from './search.js';
import { type StepperSay, stepperSpeaker } from './stepper-say.js';
import { profileOf, type Walked, walkScreen } from './walk-screen.js';

/** A screen is drawn so many milliseconds behind what it shows, at the most. */
const REDRAW_MS = 40;

/** What a walk is made of. */
export interface WalkOptions extends Walked {
  /** One, or each loop of a program that has several. */
  loops: readonly WalkLoop[];
  /** Which of them is shown first, from 1. */
  loop?: number;
  /** The place to open at, from 0; by default the first. */
  at?: number;
  /** Called for q and Ctrl-C. */
  onQuit: () => void;
  /** Opens the page that has the controls too. @returns what to say of it */
  openPage?: () => Promise<string>;
}

/** A walk through a trace, on the whole screen. */
export class Walk {
  readonly #options: WalkOptions;
  readonly #loops: LoopWalk[];
  readonly #say: StepperSay;
  /** The one that is shown, from 0. */
  #at: number;
  #terminal: Terminal | null = null;
  readonly #search = new Search();
  /** Said in the last line until the next key. */
  #said = '';
  #redraw: NodeJS.Timeout | undefined;
  #hasEnded = false;
  /** What has the screen in place of the steps; null for nothing. */
  #over: 'join' | FiguresScreen | null = null;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#say = stepperSpeaker(options.language);
    this.#loops = options.loops.map((loop) => new LoopWalk(loop));
    this.#at = (options.loop ?? 1) - 1;
    this.#stepper.seek((options.at ?? 0) + 1);
    options.gate?.onChange(() => this.#draw());
  }

  get #loop(): LoopWalk {
    const loop = this.#loops[this.#at];
    if (loop === undefined) throw new Error('bug: a walk has a loop');
    return loop;
  }

  get #stepper(): Stepper {
    return this.#loop.stepper;
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
    this.#loops.push(new LoopWalk(loop));
    this.#drawSoon();
  }

  /** Takes up the next event of a server; it is shown where the server stands still. @param loop from 1 */
  watch(event: TraceEvent, loop = 1): void {
    const walk = this.#loops[loop - 1] as LoopWalk;
    if (this.#options.isWatched && walk.isFull) return;
    walk.add(event);
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
    if (key.name === 'ctrl-c' || (key.name === 'q' && this.#search.typed === null)) {
      this.#options.onQuit();
      return;
    }
    if (this.#over !== null) this.#pressOver(key, this.#over);
    else if (this.#search.typed !== null) this.#find(this.#search.press(key));
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
        this.#search.typed = '';
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
    const profile = profileOf(this.#options, this.#loop);
    if (profile === null) this.#over = new FiguresScreen(this.#loop.events, language);
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
    const who = this.#loop.client;
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

  #find(word: string): void {
    if (word === '') return;
    const found = this.#loop.find(word, this.#options.language);
    if (found === 'nowhere') this.#said = this.#say('walk.notFound', { word });
    if (found === 'from-beginning') this.#said = this.#say('walk.fromBeginning', { word });
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
    const { size } = terminal;
    if (this.#over === 'join') terminal.draw(this.#options.join?.(size) ?? []);
    else if (this.#over !== null) terminal.draw(this.#over.draw(size));
    else terminal.draw(this.#screen(size));
  }

  #screen(size: Size): string[] {
    const { typed } = this.#search;
    const moment = {
      loop: this.#loop,
      loops: this.#loops.length,
      hasEnded: this.#hasEnded,
      said: typed === null ? this.#said : this.#say('walk.find', { typed }),
    };
    return walkScreen(this.#options, moment, size);
  }
}
