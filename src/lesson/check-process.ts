/**
 * The process of a check, watched until it ends or must be ended, with all that it has started.
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { DEFAULT_LANGUAGE } from '../texts/language.js';
import { lesson } from '../texts/lesson.en.js';
import type { AttemptFiles } from './attempt.js';
import { type CheckResult, type Ending, Seen } from './check-result.js';
import type { Values } from './checker.js';
import { MOST_OUTPUT, Output } from './output.js';
import { MOST_TICKS, Patience, TICK_MS } from './patience.js';
import { CHECK_START } from './student-modules.js';
import { type Told, ToldReader } from './told.js';
import { placeless, type TroubleKind } from './trouble-kind.js';

/** Enough for every check. */
const HEAP_MIB = 192;

/** How long the pipes may stay open when it has ended: a program that left its group holds them. */
const CLOSE_MS = 500;

/** A check's process. */
export class CheckProcess {
  readonly #child: ChildProcess;
  readonly #file: string;
  readonly #limitMs: number;
  readonly #patience: Patience;
  readonly #seen = new Seen();
  readonly #decoder = new StringDecoder('utf8');
  readonly #output: Output;
  readonly #ticking: NodeJS.Timeout;
  #verdict: Ending | null = null;

  /**
   * Starts it.
   *
   * @param limitMs what one step may take, in milliseconds of the processor's time
   */
  constructor(files: AttemptFiles, limitMs: number) {
    this.#file = basename(files.exercise);
    this.#output = new Output(files.language);
    this.#limitMs = limitMs;
    this.#patience = new Patience(limitMs);
    this.#child = start(files);
    const { stdin, stdout, stderr, stdio } = this.#child;
    const secret = randomBytes(16).toString('hex');
    stdin?.on('error', () => {}); // it has ended before it read
    stdin?.end(secret);
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (bytes: Buffer) => this.#print(bytes));
    }
    for (const stream of [stdio[3], stdio[4]] as (Readable | null)[]) {
      const reader = new ToldReader(secret, (told) => this.#hear(told));
      stream?.on('data', (bytes: Buffer) => reader.read(bytes));
    }
    this.#ticking = setInterval(() => this.#lose(this.#patience.tick()), TICK_MS);
  }

  /** Its id; undefined where the system could not start it. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Waits for its end. */
  async result(): Promise<CheckResult> {
    const closed = once(this.#child, 'close').catch(() => {});
    try {
      const [code, signal] = await once(this.#child, 'exit');
      endAll(this.#child);
      const patience = setTimeout(() => setImmediate(() => this.#letGo()), CLOSE_MS); // all that has come is read first
      await closed;
      clearTimeout(patience);
      this.#verdict ??= this.#judge(code, signal);
    } catch {
      this.#verdict = this.#trouble('start');
    }
    clearInterval(this.#ticking);
    return this.#seen.result(this.#verdict, this.#output.text);
  }

  #letGo(): void {
    for (const stream of this.#child.stdio) stream?.destroy();
  }

  #print(bytes: Buffer): void {
    this.#output.add(this.#decoder.write(bytes));
    if (this.#output.length > MOST_OUTPUT) this.#end('flood');
  }

  #hear(told: Told): void {
    if (told.type === 'step') this.#seen.add(told.step);
    if (told.type === 'trouble') this.#decide({ kind: 'trouble', trouble: told.trouble });
    if (told.type === 'verdict') this.#decide(this.#believed(told.verdict));
    this.#lose(this.#patience.hear(told));
  }

  /** Every check tries something before it passes. */
  #believed(verdict: Ending): Ending {
    if (verdict.kind !== 'passed' || this.#seen.steps > 0) return verdict;
    return this.#trouble('bug', {
      at: 'check.ts',
      atLine: 0,
      message: lesson['check.noStep'],
    });
  }

  #lose(patience: TroubleKind | null): void {
    const ms = patience === 'slow' || patience === 'start' ? MOST_TICKS * TICK_MS : this.#limitMs;
    if (patience !== null) this.#end(patience, { seconds: ms / 1000 });
  }

  #end(kind: TroubleKind, values: Values = {}): void {
    this.#decide(this.#trouble(kind, values));
  }

  /** The first word counts, and ends it. */
  #decide(verdict: Ending): void {
    if (this.#verdict !== null) return;
    this.#verdict = verdict;
    endAll(this.#child);
  }

  /** It ended without a word. */
  #judge(code: number | null, signal: string | null): Ending {
    if (this.#output.cutOff('<--- Last few GCs --->') || this.#output.cutOff('FATAL ERROR:')) {
      return this.#trouble('memory', { size: HEAP_MIB });
    }
    return this.#trouble('killed', { code: signal ?? code ?? 'unknown' });
  }

  #trouble(kind: TroubleKind, values: Values = {}): Ending {
    return { kind: 'trouble', trouble: placeless(kind, { file: this.#file, ...values }) };
  }
}

function start({
  exercise,
  original,
  check,
  lesson,
  language = DEFAULT_LANGUAGE,
}: AttemptFiles): ChildProcess {
  const heap = `--max-old-space-size=${HEAP_MIB}`;
  const args = [heap, ...CHECK_START, exercise, original, check, language, String(lesson)];
  return spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // the first of a group, which can be ended whole
    windowsHide: true,
  });
}

/** Ends the process and what it has started. */
function endAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nobody of the group is left
  }
}
