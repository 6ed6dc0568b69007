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
  const env = { ...process.env, NO_COLOR: '1' };
  return spawnSync(process.execPath, [BIN, ...args], { cwd, env, encoding: 'utf8' });
}
