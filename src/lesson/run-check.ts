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

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { fileURLToPath } from 'node:url';
import { type AttemptFiles, attempt } from './attempt.js';
import type { Failed, Said, Values } from './checker.js';
import type { Lesson } from './lesson.js';
import { Output } from './output.js';
import { ALIVE_MS, type Told, type ToldVerdict, toldVerdict } from './told.js';
import type { Trouble, TroubleKind } from './trouble.js';

/** What is to be checked. */
export interface CheckOptions {
  /** The lesson; it must have an exercise. */
  readonly lesson: Pick<Lesson, 'name' | 'exercise' | 'check'>;
  /** The path of the student's file. */
  readonly exercise: string;
  /** How long it may take from its first step, in milliseconds of the wall clock. Default 4,000. */
  readonly limitMs?: number;
}

/** What came of a check. */
export interface CheckResult {
  /** Whether all was as it should be. Otherwise either `failed` or `trouble` says why. */
  readonly passed: boolean;
  /** The expectation that was not met; `failed.why.key` is the misconception. */
  readonly failed: Failed | null;
  /** What kept it from being checked to the end: unfinished, an exception, an endless loop. */
  readonly trouble: Trouble | null;
  /** The last steps, at most {@link KEPT_STEPS}; the last of them is the one that failed. */
  readonly history: readonly Said[];
  /** How many steps there were. */
  readonly steps: number;
  /** What the exercise printed, cut off where it is too much. */
  readonly output: string;
  /** The trace that shows the failure, as NDJSON; null where there is none. */
  readonly trace: string | null;
  /** A command that shows the failure, where no trace does. */
  readonly command: string | null;
}

/** How many steps of a history are kept. */
export const KEPT_STEPS = 100;

/** Enough for every check; a loop that fills it meets the end within the time limit. */
const HEAP_MIB = 192;

/** How long the process may take to start: a school's laptop is slow when it starts something first. */
const START_LIMIT_MS = 20_000;

const LIMIT_MS = 4000;

/** Whoever prints so many characters does not look at them. */
const MOST_OUTPUT = 1_000_000;

/** A check that has not been heard of for so long runs without coming back. */
const SILENCE_MS = 1000;

/** Checks an exercise in this process, which it can block or end. For solutions and wrong answers. */
export async function checkHere({ lesson, exercise }: CheckOptions): Promise<CheckResult> {
  const files = filesOf({ lesson, exercise });
  const trouble = fileTrouble(exercise);
  const seen = new Seen();
  if (trouble !== null) return seen.result({ kind: 'trouble', trouble }, '');
  const verdict = await attempt(files, (step) => seen.add(step));
  return seen.result(toldVerdict(verdict), '');
}

/** Checks an exercise in a process of its own. Never throws for what the exercise does. */
export async function runCheck(options: CheckOptions): Promise<CheckResult> {
  const { exercise } = options;
  const files = filesOf(options);
  const trouble = fileTrouble(exercise);
  if (trouble !== null) return new Seen().result({ kind: 'trouble', trouble }, '');
  return await new Run(start(files), basename(exercise), options.limitMs ?? LIMIT_MS).result();
}

function filesOf({ lesson, exercise }: CheckOptions): AttemptFiles {
  const { name, exercise: original, check } = lesson;
  if (original === null || check === null) throw new Error(`bug: ${name} has no exercise to check`);
  return { exercise: existsSync(exercise) ? realpathSync(exercise) : exercise, original, check };
}

/** What is wrong with a file before it is run. */
function fileTrouble(path: string): Trouble | null {
  const trouble = (kind: TroubleKind, values: Values = {}): Trouble => {
    return { kind, values: { file: basename(path), ...values }, line: null, column: null };
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

/** The child lies beside this file, compiled or not, as this file is. */
function start(files: AttemptFiles): ChildProcess {
  const child = fileURLToPath(
    new URL(`./child${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  );
  const args = [
    `--max-old-space-size=${HEAP_MIB}`,
    ...['--import', import.meta.resolve('tsx')],
    ...[child, files.exercise, files.original, files.check],
  ];
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
}

/** The steps that were seen. */
class Seen {
  readonly #history: Said[] = [];
  #steps = 0;

  add(step: Said): void {
    this.#steps++;
    this.#history.push(step);
    if (this.#history.length > KEPT_STEPS) this.#history.shift();
  }

  result(verdict: ToldVerdict, output: string): CheckResult {
    const isFailed = verdict.kind === 'failed';
    return {
      passed: verdict.kind === 'passed',
      failed: isFailed ? verdict.failed : null,
      trouble: verdict.kind === 'trouble' ? verdict.trouble : null,
      history: this.#history,
      steps: this.#steps,
      output,
      trace: isFailed ? verdict.trace : null,
      command: isFailed ? verdict.command : null,
    };
  }
}

/** A check's process, watched until it ends or must be ended. */
class Run {
  readonly #child: ChildProcess;
  readonly #file: string;
  readonly #limitMs: number;
  readonly #seen = new Seen();
  readonly #output = new Output();
  #timer: NodeJS.Timeout;
  #verdict: ToldVerdict | null = null;
  #unfinished = '';
  /** When it was heard of last, and what processor time it had used then and the time before. */
  #heardAt = performance.now();
  #cpuMs: readonly [before: number, last: number] = [0, 0];

  constructor(child: ChildProcess, file: string, limitMs: number) {
    this.#child = child;
    this.#file = file;
    this.#limitMs = limitMs;
    this.#timer = setTimeout(() => this.#end('start'), START_LIMIT_MS);
    child.stdout?.on('data', (bytes: Buffer) => this.#print(bytes));
    child.stderr?.on('data', (bytes: Buffer) => this.#print(bytes));
    const told = new StringDecoder('utf8');
    child.stdio[3]?.on('data', (bytes: Buffer) => this.#read(told.write(bytes)));
  }

  /** Waits for its end. */
  async result(): Promise<CheckResult> {
    const closed = once(this.#child, 'close');
    const [code, signal] = await once(this.#child, 'exit');
    clearTimeout(this.#timer);
    // what it started itself may hold the pipes open
    const patience = setTimeout(() => this.#letGo(), 500);
    await closed;
    clearTimeout(patience);
    const verdict = this.#verdict ?? this.#judge(code, signal);
    return this.#seen.result(verdict, this.#output.text);
  }

  #letGo(): void {
    for (const stream of this.#child.stdio) stream?.destroy();
  }

  #print(bytes: Buffer): void {
    this.#output.add(bytes);
    if (this.#output.length > MOST_OUTPUT) this.#end('flood', { size: MOST_OUTPUT });
  }

  #read(text: string): void {
    const lines = (this.#unfinished + text).split('\n');
    this.#unfinished = lines.pop() ?? '';
    for (const line of lines) this.#hear(JSON.parse(line));
  }

  #hear(told: Told): void {
    switch (told.type) {
      case 'ready':
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#endLate(), this.#limitMs);
        break;
      case 'step':
        this.#seen.add(told.step);
        return;
      case 'alive':
        this.#cpuMs = [this.#cpuMs[1], told.cpuMs];
        break;
      case 'verdict':
        this.#verdict ??= told.verdict;
        return;
      case 'trouble':
        this.#verdict ??= { kind: 'trouble', trouble: told.trouble };
        return;
    }
    this.#heardAt = performance.now();
  }

  /** The time is up. A process that is heard of goes round, or waits; which, its processor time says. */
  #endLate(): void {
    const [before, last] = this.#cpuMs;
    if (performance.now() - this.#heardAt > SILENCE_MS) this.#end('endless');
    else this.#end(last - before > ALIVE_MS / 10 ? 'spins' : 'waits');
  }

  #end(kind: TroubleKind, values: Values = { seconds: this.#limitMs / 1000 }): void {
    this.#verdict ??= this.#trouble(kind, values);
    this.#child.kill('SIGKILL');
  }

  /** It ended without a word. */
  #judge(code: number | null, signal: string | null): ToldVerdict {
    if (this.#output.cutOff('<--- Last few GCs --->') || this.#output.cutOff('FATAL ERROR:')) {
      return this.#trouble('memory', { size: HEAP_MIB });
    }
    return this.#trouble('killed', { code: signal ?? code ?? 'unknown' });
  }

  #trouble(kind: TroubleKind, values: Values): ToldVerdict {
    const trouble = { kind, values: { file: this.#file, ...values }, line: null, column: null };
    return { kind: 'trouble', trouble };
  }
}
