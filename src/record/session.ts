/**
 * A program that is watched while it runs: from its start to its end, by itself or by Ctrl-C, with the
 * fault that it is tried with. Leaves nothing behind.
 * @module
 */

import { basename } from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import type { Address } from '../net/net.js';
import { Failure } from '../terminal/failure.js';
import { warn, watchOutput, writeLine } from '../terminal/print.js';
import type { Language } from '../texts/language.js';
import { type WatchSay, watchSpeaker } from '../watch/words.js';
import { foundIn } from './attached.js';
import { injection, type Trial } from './faults.js';
import { type Ended, Strace } from './strace.js';
import type { Show, Teller } from './teller.js';

/** Where a program's steps are shown while it runs: on the screen of the stepper, on the page. */
export interface WatchShow extends Show {
  /** Takes what ends the program. */
  onQuit(quit: () => void): void;
  /** The program has ended. @returns settled when nobody looks any more */
  ended(): Promise<void>;
  /** Gives back what it has taken; may be called again. */
  close(): Promise<void>;
}

/** How it is watched. */
export interface SessionOptions {
  /** A process that runs already, in the place of a command. */
  attach?: number;
  /** What the server is tried with; null for nothing. */
  trial: Trial | null;
  /** Whether it is seen who made each call. */
  stacks: boolean;
  format: 'text' | 'json';
  /** Whether what it prints is not told. */
  quiet?: boolean;
  language: Language;
  /** Where its steps are shown besides; null for nowhere. */
  show: WatchShow | null;
}

/** Characters of a line that a program prints. */
const LONGEST_WORDS = 1_000;

/** Milliseconds that a server has to end by itself, once it takes no connection any more. */
const LAST_WORDS_MS = 2_000;

/** Milliseconds after its end in which it may still be found out which lines made its last calls. */
const LAST_LINES_MS = 5_000;

/** A call that has not returned so many milliseconds after the last line is looked at. */
const PAUSE_MS = 250;

/** Ctrl-C, `kill`, and a terminal that is closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One program, watched once. */
export class Session {
  readonly #command: readonly string[];
  readonly #options: SessionOptions;
  readonly #teller: Teller;
  readonly #say: WatchSay;
  readonly #strace = new Strace();
  /** What it is called in a sentence. */
  readonly #who: string;
  #isStopping = false;
  #patience: NodeJS.Timeout | undefined;
  /** What went wrong first while it was told. */
  #problem: { readonly error: unknown } | null = null;
  /** Whether what it had open is known, of a process that ran already. */
  #isFound = false;
  /** What the program has printed, and not yet ended with a newline. */
  #words = '';

  constructor(command: readonly string[], options: SessionOptions, teller: Teller) {
    this.#command = command;
    this.#options = options;
    this.#teller = teller;
    this.#say = watchSpeaker(options.language);
    this.#who = options.attach === undefined ? basename(command[0] ?? '') : String(options.attach);
  }

  /**
   * Watches until the program ends, or is ended.
   *
   * @throws Failure (1) without strace, for a program that ends before it has served anyone, and for
   *   what went wrong while it was told
   */
  async run(): Promise<void> {
    const { attach, trial, stacks } = this.#options;
    const pause = setTimeout(() => void this.#guard(() => this.#teller.pause()), PAUSE_MS);
    const interrupt = () => this.#interrupt();
    for (const signal of SIGNALS) process.on(signal, interrupt);
    watchOutput({ onGone: interrupt, onFull: (why) => warn(why) });
    try {
      await this.#strace.start(
        attach === undefined ? { command: this.#command } : { attach },
        {
          onCalls: (text) =>
            this.#guard(async () => {
              this.#find();
              await this.#teller.push(text);
              pause.refresh();
              this.#try();
            }),
          onWords: (text) => this.#tellWords(text),
        },
        trial === null ? [] : injection(trial.fault),
        stacks,
      );
      this.#tell(
        attach === undefined
          ? this.#say('start', { what: this.#command.join(' ') })
          : this.#say('start.attach', { pid: attach }),
      );
      this.#options.show?.onQuit(interrupt);
      const ended = await this.#strace.ended();
      if (this.#problem !== null) throw this.#problem.error;
      if (!this.#isStopping) await this.#options.show?.ended();
      if (!this.#isStopping) this.#check(ended);
    } finally {
      clearTimeout(pause);
      clearTimeout(this.#patience);
      trial?.stop();
      await this.#strace.stop();
      for (const signal of SIGNALS) process.off(signal, interrupt);
    }
  }

  #tell(line: string): void {
    if (this.#options.format === 'text') writeLine(line);
  }

  #interrupt(): void {
    if (this.#isStopping) process.exit(1); // a second Ctrl-C does not wait for anyone
    this.#end();
    this.#tell(''); // behind ^C
    this.#tell(this.#say('stop'));
  }

  /** Tells; what goes wrong ends the program, and nothing more is told. */
  async #guard(tell: () => void | Promise<void>): Promise<void> {
    if (this.#problem !== null) return;
    try {
      await tell();
    } catch (error) {
      this.#problem = { error };
      this.#end();
    }
  }

  /** With its first call it is known to be watched: what it has open by then is what it begins with. */
  #find(): void {
    const { attach } = this.#options;
    if (attach === undefined || this.#isFound) return;
    this.#isFound = true;
    this.#teller.find(foundIn(attach));
  }

  #end(): void {
    this.#isStopping = true;
    void this.#options.show?.close();
    this.#options.trial?.stop();
    void this.#strace.stop();
    this.#patience ??= setTimeout(() => this.#teller.hurry(), LAST_LINES_MS);
  }

  /** Begins the trial as soon as somebody listens; when it has been played, all is seen. */
  #try(): void {
    const { trial } = this.#options;
    const { listening } = this.#teller;
    if (trial === null || trial.hasBegun || listening === null || this.#isStopping) return;
    const address = reachable(listening);
    const what = this.#say(`fault.${trial.fault}`);
    this.#tell(this.#say('fault.begins', { ...address, what }));
    trial
      .play(address, ({ code, values }) =>
        this.#tell(this.#say('fault.saw', { what: this.#say(`saw.${code}`, values) })),
      )
      .then(async () => {
        // whoever was brought down by it is given the time to say so
        const isGone = trial.sightings.at(-1)?.code === 'absent';
        if (isGone) await Promise.race([this.#strace.ended(), delay(LAST_WORDS_MS)]);
        await nextTurn();
      })
      .finally(() => this.#end());
  }

  /** What the program prints, by lines. */
  #tellWords(text: string): void {
    const { quiet, show } = this.#options;
    const lines = `${this.#words}${text}`.split('\n');
    this.#words = lines.pop()?.slice(0, LONGEST_WORDS) ?? '';
    for (const line of lines.filter((one) => one.trim() !== '')) {
      show?.says(line);
      if (quiet !== true) this.#tell(this.#say('says', { who: this.#who, line }));
    }
  }

  /** A program that was not there, or that ended before it served anyone, is told with its last words. */
  #check({ code, words }: Ended): void {
    const program = this.#who;
    const values = { program, code: code ?? -1, words };
    if (this.#teller.loops > 0) {
      if (code !== 0) warn(this.#say('ended', values));
      return;
    }
    if (/Can't stat|No such file/.test(words)) throw new Failure('watch.noProgram', { program });
    if (/ptrace|PTRACE|Operation not permitted/.test(words)) {
      throw new Failure('watch.denied', { program, words });
    }
    throw new Failure(words === '' ? 'watch.ended.silent' : 'watch.ended', values);
  }
}

/** Who listens everywhere is reached here. */
function reachable({ host, port }: Address): Address {
  if (host === '' || host === '0.0.0.0') return { host: '127.0.0.1', port };
  return { host: host === '::' ? '::1' : host, port };
}
