/**
 * What goes on in a lesson while one is in it and when one comes back to it: what is written, the demo's
 * run, the check. One for each lesson that was opened, as long as the page lives.
 * @module
 */

import { batch, computed, type Signal, signal } from '@preact/signals';
import { printable } from '../../trace/text.js';
import type { CheckRun, Course, CourseLesson, DemoRun } from '../course/course.js';
import { type KeptProgress, keepText, recallText, type TextName } from './kept.js';

/** Lines of a demo that are drawn; the others are counted. */
const MOST_LINES = 2_000;

/** A text that a student writes. */
export class Draft {
  readonly #text: Signal<string>;
  readonly #name: TextName;
  readonly #lesson: number;
  readonly #handedOut: string;
  /** Whether the browser keeps it. */
  readonly isKept = signal(true);

  constructor(name: TextName, lesson: number, handedOut: string) {
    this.#name = name;
    this.#lesson = lesson;
    this.#handedOut = handedOut;
    this.#text = signal(recallText(name, lesson, handedOut));
  }

  /** What stands there. */
  get text(): string {
    return this.#text.value;
  }

  /** Keeps each change at once: a check may end the tab. */
  set text(text: string) {
    this.#text.value = text;
    this.isKept.value = keepText(this.#name, this.#lesson, text, this.#handedOut);
  }

  /** What was handed out. */
  get handedOut(): string {
    return this.#handedOut;
  }
}

/** How it stands with a demo. */
export interface DemoState {
  readonly is: 'idle' | 'running' | 'stopped' | 'ended';
  readonly lines: readonly string[];
  /** How many lines more it printed. */
  readonly more: number;
  /** What came of it; null until then. */
  readonly run: DemoRun | null;
}

/** How it stands with the check. */
export type CheckState =
  | { readonly is: 'idle' }
  | { readonly is: 'running'; readonly step: string; readonly n: number }
  | { readonly is: 'done'; readonly run: CheckRun; readonly source: string };

const IDLE: DemoState = { is: 'idle', lines: [], more: 0, run: null };

/** What goes on in one lesson. */
export class LessonWork {
  readonly lesson: CourseLesson;
  readonly exercise: Draft;
  readonly demo: Draft;
  /** The demo as it was handed out, and the student's. */
  readonly runs = { shown: signal(IDLE), mine: signal(IDLE) };
  readonly check = signal<CheckState>({ is: 'idle' });
  /** Whether the rest is to be seen without an answer. */
  readonly isSkipped = signal(false);
  /** How far down one was, for who comes back. */
  scrolled = 0;
  readonly #course: Course;
  readonly #progress: KeptProgress;
  #checking: AbortController | null = null;
  #playing: AbortController | null = null;

  constructor(lesson: CourseLesson, course: Course, progress: KeptProgress) {
    this.lesson = lesson;
    this.#course = course;
    this.#progress = progress;
    this.exercise = new Draft('exercise', lesson.number, lesson.exercise);
    this.demo = new Draft('demo', lesson.number, lesson.demo);
  }

  /** The letter that was answered first; null for none. */
  readonly answer = computed(
    () => this.#progress.value.of(this.lesson.number).prediction?.given ?? null,
  );

  /** Takes an answer; only the first counts. */
  predict(letter: string): void {
    const { number, answer } = this.lesson;
    this.#progress.change((progress) => progress.predict(number, letter, letter === answer.letter));
  }

  /** Runs a demo, in place of one that still runs. @returns what came of it; null where it was stopped */
  async play(which: 'shown' | 'mine'): Promise<DemoRun | null> {
    this.stopDemo();
    const { number, demo } = this.lesson;
    const state = this.runs[which];
    const playing = new AbortController();
    this.#playing = playing;
    state.value = { ...IDLE, is: 'running' };
    let waiting: string[] = [];
    // as many lines at once as have come: a screen is drawn once for them all
    const flush = (): void => {
      const { lines, more } = state.peek();
      const taken = waiting.slice(0, MOST_LINES - lines.length);
      const left = waiting.length - taken.length;
      waiting = [];
      state.value = { ...state.peek(), lines: [...lines, ...taken], more: more + left };
    };
    const source = which === 'shown' ? demo : this.demo.text;
    const print = (line: string): void => {
      if (playing.signal.aborted) return;
      if (waiting.length === 0) requestAnimationFrame(flush);
      waiting.push(printableLine(line));
    };
    const run = await this.#course.runDemo(number, source, print, { signal: playing.signal });
    if (playing.signal.aborted) return null;
    flush();
    state.value = { ...state.peek(), is: 'ended', run };
    if (which === 'shown' && run.ended) this.#progress.change((progress) => progress.begin(number));
    return run;
  }

  /** Ends the demo that runs. */
  stopDemo(): void {
    this.#playing?.abort();
    this.#playing = null;
    for (const state of Object.values(this.runs)) {
      if (state.peek().is === 'running') state.value = { ...state.peek(), is: 'stopped' };
    }
  }

  /** Checks what is written now, in place of a check that still runs. */
  async runCheck(): Promise<void> {
    this.#checking?.abort();
    const { number } = this.lesson;
    const source = this.exercise.text;
    this.exercise.text = source; // kept before the student's code runs
    const checking = new AbortController();
    this.#checking = checking;
    this.check.value = { is: 'running', step: '', n: 0 };
    const run = await this.#course.runCheck(number, source, {
      signal: checking.signal,
      hintsRead: this.hintsRead,
      onStep: (step, n) => {
        if (this.#checking !== checking) return;
        this.check.value = { is: 'running', step: this.#course.say(number, step), n };
      },
    });
    if (this.#checking !== checking) return; // another has begun meanwhile
    batch(() => {
      this.check.value = { is: 'done', run, source };
      // whoever stops a check has not been told anything of the exercise
      if (checking.signal.aborted) return;
      this.#progress.change((progress) => progress.check(number, run.failure));
    });
  }

  /** Ends the check that runs; what is told then is how far it came. */
  stopCheck(): void {
    this.#checking?.abort();
  }

  /** How many hints were read. */
  get hintsRead(): number {
    return Math.max(0, ...this.#progress.value.of(this.lesson.number).hints);
  }

  /** Reads the next hint. */
  readHint(): void {
    const n = this.hintsRead + 1;
    this.#progress.change((progress) => progress.hint(this.lesson.number, n));
  }
}

/** A tab stays; whatever else a program prints that moves or hides letters is written out. */
export function printableLine(line: string): string {
  return line.split('\t').map(printable).join('\t');
}
