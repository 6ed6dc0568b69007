/**
 * One attempt at an exercise in this process: imports the student's file, holds it against the
 * lesson's check, and says what came of it. Stops nothing that runs without end: whoever cannot
 * trust the file makes the attempt in a process of its own (run-check.ts).
 * @module
 */

import { pathToFileURL } from 'node:url';
import type { Language } from '../texts/language.js';
import type { Check, Said } from './checker.js';
import { judge, type Verdict } from './judge.js';
import { importTrouble, stacksOf } from './node-stacks.js';
import type { Module } from './trouble.js';

/** The files of an attempt. */
export interface AttemptFiles {
  /** The student's file. */
  readonly exercise: string;
  /** The exercise as it was handed out: says what is to be exported. */
  readonly original: string;
  /** The lesson's check. */
  readonly check: string;
  /** The number of the lesson. */
  readonly lesson: number;
  /** Where columns of a stack are not the student's own: the student's, by line and column from 1. */
  readonly columnOf?: (line: number, column: number) => number;
  /** What values are shown in. Default English. */
  readonly language?: Language;
}

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
  const stacks = stacksOf(files);
  let exercise: Module;
  try {
    exercise = await load(files.exercise);
  } catch (error) {
    return { kind: 'trouble', trouble: importTrouble(error, stacks), trace: null, at: null };
  }
  return await judge(exercise, {
    lesson: files.lesson,
    async load() {
      const { default: check } = await load(files.check);
      const original = await load(files.original);
      onLoaded();
      return { check: check as Check<Module>, original };
    },
    stacks,
    language: files.language,
    onStep,
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

function load(path: string): Promise<Module> {
  return import(pathToFileURL(path).href);
}
