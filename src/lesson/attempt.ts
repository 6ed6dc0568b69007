/**
 * One attempt at an exercise in this process: imports the student's file, holds it against the
 * lesson's check, and says what came of it. Stops nothing that runs without end: whoever cannot
 * trust the file makes the attempt in a process of its own (run-check.ts).
 * @module
 */

import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { type Check, Checker, type CheckFailure, type Failed, type Said } from './checker.js';
import { demanding, importTrouble, type Module, NotExported, troubleOf } from './trouble.js';
import type { Trouble } from './trouble-kind.js';

/** The files of an attempt. */
export interface AttemptFiles {
  /** The student's file. */
  readonly exercise: string;
  /** The exercise as it was handed out: says what is to be exported. */
  readonly original: string;
  /** The lesson's check. */
  readonly check: string;
  /** Where columns of a stack are not the student's own: the student's, by line and column from 1. */
  readonly columnOf?: (line: number, column: number) => number;
  /** What values are shown in. Default English. */
  readonly language?: Language;
}

/** What came of it. */
export type Verdict =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      readonly failed: Failed;
      readonly trace: readonly TraceEvent[] | null;
      readonly command: string | null;
    }
  | { readonly kind: 'trouble'; readonly trouble: Trouble };

/**
 * Makes an attempt.
 *
 * @param onStep is told each step before it is tried
 * @param onLoaded is called when all files are loaded
 */
export async function attempt(
  files: AttemptFiles,
  onStep: (step: Said) => void,
  onLoaded: () => void = () => {},
): Promise<Verdict> {
  let exercise: Module;
  try {
    exercise = await load(files.exercise);
  } catch (error) {
    return { kind: 'trouble', trouble: importTrouble(error, files) };
  }
  const checker = new Checker(onStep, files.language);
  try {
    const { default: check } = await load(files.check);
    const original = await load(files.original);
    onLoaded();
    const asked = demanding(exercise, original, basename(files.exercise));
    await (check as Check<Module>)(asked, checker);
    await settled();
    if (checker.failure !== null) throw checker.failure; // the exercise has caught it
    return { kind: 'passed' };
  } catch (thrown) {
    const error = checker.failure ?? thrown; // what came of a failure that was caught is no news
    if (error instanceof NotExported) return { kind: 'trouble', trouble: error.trouble };
    if (!isFailure(error)) return { kind: 'trouble', trouble: troubleOf(error, files) };
    await settled(); // an async function that threw gives a promise that no check expects
    const { trace, command } = checker;
    return { kind: 'failed', failed: error.failed, trace, command };
  }
}

function load(path: string): Promise<Module> {
  return import(pathToFileURL(path).href);
}

/** A promise that was rejected and left alone is told of when all that is due now has run. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** By name: the exercise may hold a second copy of this package. */
function isFailure(error: unknown): error is CheckFailure {
  return error instanceof Error && error.name === 'CheckFailure';
}
