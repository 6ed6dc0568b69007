/**
 * The command line, run in a folder of its own with no terminal.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program. */
export const BIN = fileURLToPath(new URL('../../bin/loopscope.js', import.meta.url));

/** What a command gave. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs it in a folder. */
export function runIn(cwd: string, ...args: string[]): Ran {
  return runNode([BIN, ...args], cwd);
}

/** Runs that of another package, the parts of which may be links to those of ours. */
export function runBin(bin: string, cwd: string, ...args: string[]): Ran {
  return runNode(['--preserve-symlinks', '--preserve-symlinks-main', bin, ...args], cwd);
}

function runNode(args: string[], cwd: string): Ran {
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync(process.execPath, args, { cwd, env, encoding: 'utf8' });
}
