/**
 * The course as the page's views have it: every lesson out of its own folder, a check and a demo that run
 * in a worker, and the student's progress in the form that the terminal keeps. Views know this file
 * and load.ts; what is behind them (main.ts) is a script of its own, loaded when the course opens.
 * @module
 */

import type { Said } from '../../lesson/checker.js';
import type { Imported } from '../../lesson/classic.js';
import type { Part } from '../../lesson/parts.js';
import type { Progress } from '../../lesson/progress.js';
import type { Detail, Report, Sentence } from '../../lesson/report.js';
import type { Route, Stop } from '../../lesson/routes.js';
import type { Block, Inline, ListItem, Section } from '../../lesson/text.js';
import type { LessonTexts } from '../../lesson/texts.js';
import type { TroubleKind } from '../../lesson/trouble-kind.js';
import type { Language } from '../../texts/language.js';
import type { TraceEvent } from '../../trace/event.js';
import type { Editor, EditorOptions } from './editing.js';

/** What stands under a heading, in the text's own language. */
export interface CourseSection extends Section {
  /** Which part it is; null for what stands before the first. */
  readonly part: Part | null;
}

/** A lesson. */
export interface CourseLesson {
  /** 0 for the first. */
  readonly number: number;
  /** The name of its folder, `07-tcp-is-a-stream`: an identifier that stays. */
  readonly id: string;
  /** What it is written in: English, where it is not there in the course's language yet. */
  readonly language: Language;
  readonly title: string;
  /** How long it takes. */
  readonly minutes: number;
  /** The numbers of the lessons that it builds on. */
  readonly needs: readonly number[];
  /** The ideas that it introduces, a few words each. */
  readonly ideas: readonly string[];
  /** Its text; the first section is what stands before the question. The question itself is not in it. */
  readonly sections: readonly CourseSection[];
  /** What is asked before the demo shows the answer. */
  readonly question: {
    readonly words: readonly Inline[];
    readonly choices: readonly (readonly [letter: string, words: readonly Inline[]])[];
  };
  /** The letter of the right choice, and why: to be shown once one has answered. */
  readonly answer: { readonly letter: string; readonly because: readonly Inline[] };
  /** What was learnt, in one sentence: to be said at the end. */
  readonly idea: readonly Inline[];
  /** The demo as it is handed out, in TypeScript. */
  readonly demo: string;
  /** The exercise as it is handed out, in TypeScript: what Reset brings back. */
  readonly exercise: string;
  /** What the exercise is, in one sentence. */
  readonly task: string;
  /** The three hints in order; what is shown of them the progress knows. */
  readonly hints: readonly string[];
}

/** What is read of a lesson's folder. */
export interface LessonData extends Omit<CourseLesson, 'task' | 'hints'> {
  /** As veil.ts veils it. */
  readonly solution: string;
  /** The texts of its check, by key. */
  readonly messages: LessonTexts;
}

/** How a check or a demo is watched and ended. */
export interface RunOptions {
  /** Ends it: what has no loop (a regular expression, say) can last without end, and says nothing then. */
  readonly signal?: AbortSignal;
}

/** How a check is run. */
export interface CheckOptions extends RunOptions {
  /** Is told each step before it is tried, as the terminal's history says it; `n` counts from 1. */
  readonly onStep?: (step: Said, n: number) => void;
  /** How many hints were read: the report names the next. Default 0. */
  readonly hintsRead?: number;
  /** What the student calls the file. Default `exercise.ts`. */
  readonly file?: string;
}

/** What came of a check. */
export interface CheckRun {
  /** What to tell: the model that the terminal prints, too. `course.say` makes sentences of it. */
  readonly report: Report;
  /** The key of the reason, as `Progress.check` takes it; null where it passed. */
  readonly failure: string | null;
  /** What kept it from being checked to the end: `todo` for what is still to be written; null for nothing. */
  readonly trouble: TroubleKind | null;
  /** The run that failed, for the Scope; null where there is none. */
  readonly trace: readonly TraceEvent[] | null;
  /** The `seq` of the event in it at which the failure can be seen. */
  readonly at: number | null;
}

/** What came of a demo. */
export interface DemoRun {
  /** Whether it came to its end. */
  readonly ended: boolean;
  /** What went wrong, with the line of the source, or null; the same sentences as of a check. */
  readonly trouble: {
    readonly kind: TroubleKind;
    readonly why: Sentence;
    readonly advice: Sentence;
    /** From 1; null where none is known. */
    readonly line: number | null;
    readonly column: number | null;
  } | null;
  /** The trace that it keeps, for the Scope; null for a demo that keeps none. */
  readonly trace: readonly TraceEvent[] | null;
}

/** A student's module as a function, which modules.ts runs. */
export interface StudentFunction {
  readonly imports: readonly Imported[];
  /** Its text, an expression; each line of the source is a line of it. */
  readonly code: string;
}

/** A line of the difference to the solution: `-` is the student's alone, `+` the solution's alone. */
export interface DiffLine {
  readonly kind: '-' | '+' | ' ';
  readonly text: string;
}

/** The course. */
export interface Course {
  readonly language: Language;
  /** All lessons, in order. */
  readonly lessons: readonly CourseLesson[];
  /**
   * Checks an exercise, in a worker that cannot freeze the page. Never throws for what the exercise does.
   *
   * @param lesson its number
   * @param source what the student wrote, TypeScript
   */
  runCheck(lesson: number, source: string, options?: CheckOptions): Promise<CheckRun>;
  /**
   * Runs a demo on the simulated network, as it is or as the student changed it.
   *
   * @param onLine is told each line that it prints, when it prints it
   */
  runDemo(
    lesson: number,
    source: string,
    onLine: (line: string) => void,
    options?: RunOptions,
  ): Promise<DemoRun>;
  /** The errors of the form of a source, for the editor: those that keep it from being run. From 1 both. */
  errorsOf(source: string): readonly { line: number; column: number; message: string }[];
  /** A source as a function, for a worker. @throws SourceError for one with such an error */
  functionOf(source: string, file: string): StudentFunction;
  /** What tells a student's answer from the solution. To be shown after passing. */
  diffToSolution(lesson: number, source: string): DiffLine[];
  /** The routes through the lessons, by their names: `45`, `90`, `alone`. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Where one goes on: the first lesson not begun, then the first whose exercise has not passed; null at the end. */
  nextStop(route: Route, progress: Progress): Stop | null;
  /** The minutes of a stop. */
  minutesOf(stop: Stop): number;
  /** Opens an editor. @param host an `HTMLElement` of its own; this file knows no page */
  openEditor(host: object, options: EditorOptions): Editor;
  /** A sentence of a report, or a step of its history, in words. @param lesson whose it is */
  say(lesson: number, said: Sentence | Said): string;
  /** What is said before a stop of the lessons that its route leaves out; null where there are none. */
  bridgeOf(stop: Stop): string | null;
  /** Reads a progress.json. @throws Error that says what is wrong with it, in one line */
  readProgress(text: string): Progress;
  /** A student's progress as it stands in progress.json, which `class report` takes. */
  writeProgress(progress: Progress): string;
  /** What a student has done who has not begun. */
  newProgress(): Progress;
}

export type {
  Block,
  Detail,
  Inline,
  ListItem,
  Progress,
  Report,
  Route,
  Said,
  Section,
  Sentence,
  Stop,
};
