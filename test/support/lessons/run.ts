/**
 * Runs a program as a reader of a text would: no terminal, nothing to read, no colours. What takes
 * too long is ended.
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { PATIENCE_MS } from '../patience.js';

/** How a program ended. */
export interface Ran {
  stdout: string;
  stderr: string;
  /** null when it was ended because it took too long. */
  code: number | null;
}

/** The folder that all of it lies in. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const TSX = import.meta.resolve('tsx');

/** How a program is run. */
export interface RunOptions {
  cwd?: string | undefined;
  /** What its environment has beside ours. */
  env?: NodeJS.ProcessEnv | undefined;
  /** When it is ended. */
  limitMs?: number | undefined;
}

/** Runs node with these arguments. */
export async function runNode(
  args: readonly string[],
  { cwd = ROOT, env = {}, limitMs = PATIENCE_MS }: RunOptions = {},
): Promise<Ran> {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...inherited, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32', // a group of its own, which can be ended whole
  });
  const timer = setTimeout(() => endAll(child), limitMs);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  clearTimeout(timer);
  return { stdout, stderr, code };
}

/** Ends a process and those that it has started: a demo is a child of `loopscope lesson`. */
function endAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform !== 'win32') process.kill(-pid, 'SIGKILL');
  else spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
}

/** Runs a program in TypeScript. */
export function runTypeScript(
  path: string,
  args: readonly string[] = [],
  options: RunOptions = {},
): Promise<Ran> {
  return runNode(['--import', TSX, path, ...args], options);
}

/** What a program printed, in lines. */
export function linesOf(printed: string): string[] {
  return printed.trimEnd().split(/\r?\n/);
}
