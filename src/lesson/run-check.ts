/**
 * Checks an exercise: `runCheck` in a process of its own, which may hang, die or fill the memory
 * without harm, and `checkHere` in this process, for files that are trusted.
 *
 *     const result = await runCheck({ lesson, exercise: 'loopscope-lessons/11-…/exercise.ts' });
 *     const result = await checkHere({ lesson, exercise: lesson.wrong[0] });
 *     result.passed; result.failed?.why.key; result.trouble?.kind; result.history; result.output;
 *
 * Both give the same result; only `runCheck` has the student's output, and ends what does not end.
 * @module
 */

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Language } from '../texts/language.js';
import { type AttemptFiles, attempt } from './attempt.js';
import { CheckProcess } from './check-process.js';
import { type CheckResult, Seen } from './check-result.js';
import type { Values } from './checker.js';
import { toldVerdict } from './judge.js';
import type { Lesson } from './lesson.js';
import { placeless, type Trouble, type TroubleKind } from './trouble-kind.js';

export { type CheckResult, KEPT_STEPS } from './check-result.js';

/** What is to be checked. */
export interface CheckOptions {
  /** The lesson; it must have an exercise. */
  readonly lesson: Pick<Lesson, 'name' | 'exercise' | 'check'>;
  /** The path of the student's file. */
  readonly exercise: string;
  /** What values are shown in. Default English. */
  readonly language?: Language;
  /** What one step may take, in milliseconds of the processor's time. Default 4,000. */
  readonly limitMs?: number;
  /** Is told the id of the check's process when that has started. */
  readonly onStart?: (pid: number) => void;
}

const LIMIT_MS = 4000;

/** Checks an exercise in this process, which it can block or end. For solutions and wrong answers. */
export async function checkHere(options: CheckOptions): Promise<CheckResult> {
  const { exercise } = options;
  const files = filesOf(options);
  const trouble = fileTrouble(exercise);
  const seen = new Seen();
  if (trouble !== null) return seen.result({ kind: 'trouble', trouble }, '');
  const verdict = await attempt(files, (step) => seen.add(step));
  return seen.result(toldVerdict(verdict), '');
}

/** Checks an exercise in a process of its own. Never throws for what the exercise does. */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
  const { exercise, limitMs = LIMIT_MS, onStart } = options;
  const files = filesOf(options);
  const trouble = fileTrouble(exercise);
  if (trouble !== null) return new Seen().result({ kind: 'trouble', trouble }, '');
  const child = new CheckProcess(files, limitMs);
  if (child.pid !== undefined) onStart?.(child.pid);
  return await child.result();
}

function filesOf({ lesson, exercise, language }: CheckOptions): AttemptFiles {
  const { name, exercise: original, check } = lesson;
  if (original === null || check === null) throw new Error(`bug: ${name} has no exercise to check`);
  const path = existsSync(exercise) ? realpathSync(exercise) : exercise;
  const number = Number.parseInt(name, 10);
  return { exercise: path, original, check, lesson: number, ...(language && { language }) };
}

/** What is wrong with a file before it is run. */
function fileTrouble(path: string): Trouble | null {
  const trouble = (kind: TroubleKind, values: Values = {}): Trouble => {
    return placeless(kind, { file: basename(path), ...values });
  };
  if (!existsSync(path)) return trouble('missing');
  if (!statSync(path).isFile()) return trouble('folder');
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return trouble('unreadable', { message: (error as Error).message });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? trouble('encoding') : null; // UTF-16, as some editors save it
  } catch {
    return trouble('encoding');
  }
}
