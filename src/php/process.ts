/**
 * A process with all that it starts, which ends with us: by itself, by a signal, or at our exit.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../terminal/failure.js';
import { printable } from '../trace/text.js';
import { isGroupAlive, startedWith, stopProcess } from './processes.js';

/** In the environment of all that is started: its folder, by which it is found again. */
const MARK = 'LOOPSCOPE_FOLDER';

/** A process with all that it starts, in a group and with a folder of its own; both end together. */
export class Running {
  /** Where it runs, and where its output is. */
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'loopscope-php-')));
  #child: ChildProcess | null = null;
  #kept: string | null = null;
  #clean: (text: string) => string = (text) => text;

  constructor() {
    guard(this);
  }

  /** Stops the process that listens, or its group where only that is known. @throws Failure (2) on Windows */
  pause(pid: number | null): void {
    stopProcess(this.#stoppable(pid));
  }

  /** Lets it go on. @throws Failure (2) on Windows */
  resume(pid: number | null): void {
    sendSignal(this.#stoppable(pid), 'SIGCONT');
  }

  #stoppable(pid: number | null): number {
    const target = pid ?? (this.group && -this.group);
    if (target === undefined) throw new Failure('php.windows', {}, 2);
    return target;
  }

  /** The process group; undefined where there are none. */
  get group(): number | undefined {
    return process.platform === 'win32' ? undefined : this.#child?.pid;
  }

  get hasEnded(): boolean {
    return this.#child !== null && (this.#child.exitCode ?? this.#child.signalCode) !== null;
  }

  /**
   * Starts it. What it prints goes to a file: nobody has to read a pipe, so that it never waits for us.
   *
   * @param clean what to do to its words before they are shown
   * @param cwd where it runs, if not in its own folder
   * @param onWords is told what it prints instead, as it comes
   * @throws Failure (2) when the program is not there
   */
  async start(
    command: readonly string[],
    env: NodeJS.ProcessEnv,
    clean: (text: string) => string,
    cwd = this.folder,
    onWords?: (text: string) => void,
  ): Promise<void> {
    const [program = '', ...args] = command;
    const file = openSync(join(this.folder, 'output'), 'a');
    const output = onWords === undefined ? file : 'pipe';
    this.#clean = clean;
    this.#child = spawn(program, args, {
      cwd,
      env: { ...env, [MARK]: this.folder },
      detached: process.platform !== 'win32', // a group of its own
      stdio: ['ignore', output, output],
      windowsHide: true,
    });
    closeSync(file);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => onWords?.(text));
    }
    try {
      await once(this.#child, 'spawn');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.#child = null;
      const values = { program, message: (error as Error).message };
      throw new Failure(code === 'ENOENT' ? 'php.noProgram' : 'php.noStart', values, 2);
    }
  }

  /** Settled when it has ended; with its exit code, null where a signal has ended it. */
  async ended(): Promise<number | null> {
    const child = this.#child;
    if (child === null) return null;
    if (!this.hasEnded) await once(child, 'close');
    return child.exitCode;
  }

  output(): string {
    return this.#kept ?? readIfThere(join(this.folder, 'output')) ?? '';
  }

  lastWords(): string {
    return lastLine(this.#clean(this.output()));
  }

  /** @param last called when it has ended, before the folder goes */
  async end(last?: () => void): Promise<void> {
    const child = this.#child;
    if (child !== null) {
      const exited = this.hasEnded ? Promise.resolve() : once(child, 'exit');
      this.kill('SIGTERM');
      if (!(await this.#isGone(500))) this.kill('SIGKILL');
      await exited;
      await this.#isGone(2_000);
    }
    last?.();
    this.#kept = this.output();
    guarded.delete(this);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Ends the whole group; one that is stopped has to go on to hear of it. */
  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (this.#child === null) return;
    const { group } = this;
    if (group === undefined) {
      this.#child.kill(signal);
      return;
    }
    for (const pid of [-group, ...this.#others()]) {
      sendSignal(pid, signal);
      sendSignal(pid, 'SIGCONT');
    }
  }

  /** Who has left the group, as `setsid` does, where that can be known. */
  #others(): number[] {
    return startedWith(`${MARK}=${this.folder}\0`);
  }

  /** Waits until nobody of the group is left; not for ever, as nothing here may hang. */
  async #isGone(timeoutMs: number): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    while (this.#isAlive()) {
      if (performance.now() > deadline) return false;
      await delay(5);
    }
    return true;
  }

  #isAlive(): boolean {
    const { group } = this;
    if (group === undefined) return !this.hasEnded;
    const isAlive = sendSignal(-group, 0) && (isGroupAlive(group) ?? true);
    return isAlive || this.#others().length > 0;
  }
}

/** Sends a signal. @returns whether there was someone to send it to */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/**
 * All that runs. When we end, by ourselves or by a signal, it ends too; SIGKILL alone leaves it. Who has
 * once run something listens to the end: a signal that came while the listener is taken off is lost.
 */
const guarded = new Set<Running>();
let isListening = false;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function guard(running: Running): void {
  guarded.add(running);
  if (isListening) return;
  isListening = true;
  process.on('exit', endAll);
  for (const signal of SIGNALS) process.on(signal, interrupted);
}

function endAll(): void {
  for (const running of guarded) {
    running.kill('SIGKILL');
    rmSync(running.folder, { recursive: true, force: true });
  }
}

function interrupted(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return; // someone else decides; at the exit it is ended
  endAll();
  guarded.clear();
  for (const one of SIGNALS) process.off(one, interrupted);
  process.kill(process.pid, signal); // now with nobody listening: we end as we would have
}

/** Reads a file; null when it is not there. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/** Reads the last bytes of a file that grows; '' when it is not there. */
export function readEnd(path: string, length = 65_536): string {
  try {
    const file = openSync(path, 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, length));
      return bytes.toString(
        'latin1',
        0,
        readSync(file, bytes, 0, bytes.length, size - bytes.length),
      );
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

/** What matters most of what was said: the last fatal error, or else the last line. */
export function lastLine(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const said = lines.filter((line) => line !== '' && !line.startsWith('listening on '));
  const fatal = said.findLast((line) => /\b(?:fatal|parse) error:/i.test(line));
  return printable(fatal ?? said.at(-1) ?? '').slice(0, 300);
}
