/**
 * Whether TypeScript runs on this machine: a line of it, in both ways that there are. Lessons and
 * checks only take the types out; examples and tools are run by tsx, which needs a binary of esbuild
 * made for this system.
 * @module
 */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { DEMO_START } from '../lesson/student-modules.js';
import type { doctor } from '../texts/doctor.en.js';
import type { Say } from '../texts/say.js';
import { cut } from '../trace/columns.js';
import { printable } from '../trace/text.js';

/** Says what the doctor says. */
export type DoctorSay = Say<keyof typeof doctor>;

/** As it was written, also where this file is compiled: the package brings its sources. */
const LINE = fileURLToPath(new URL('../../src/cli/doctor-line.ts', import.meta.url));

/** Of what an error says; three lines of the report. */
const MOST_COLUMNS = 180;

/** A machine that needs longer has no answer for whoever waits. */
const LIMIT_MS = 60_000;

/** What keeps the line from running as `lesson` and `check` run what is written in it; null for nothing. */
export function lessonsTrouble(say: DoctorSay): Promise<string | null> {
  return whyNot(DEMO_START, say);
}

/** What keeps it from running as examples and tools do; null for nothing. */
export async function toolsTrouble(say: DoctorSay): Promise<string | null> {
  let tsx: string;
  try {
    tsx = import.meta.resolve('tsx');
  } catch {
    return say('not-found'); // on a stick, which has nothing that is made for one system
  }
  return await whyNot(['--import', tsx], say);
}

/** What stands in the way of the line; null where it runs. */
function whyNot(args: readonly string[], say: DoctorSay): Promise<string | null> {
  return new Promise((resolve) => {
    const env = { ...process.env, TSX_DISABLE_CACHE: '1' }; // or it may not come to the compiler
    const options = { timeout: LIMIT_MS, env };
    execFile(process.execPath, [...args, LINE], options, (error, stdout, stderr) => {
      if (error === null && stdout === '42\n') resolve(null);
      else if (error?.killed) resolve(say('slow', { seconds: LIMIT_MS / 1000 }));
      else resolve(causeIn(stderr, say));
    });
  });
}

/** What an error that Node printed says, in one line. */
export function causeIn(stderr: string, say: DoctorSay): string {
  const [, missing] =
    /"(@esbuild\/[\w-]+)" (?:package instead|could not be found)/.exec(stderr) ?? [];
  if (missing !== undefined) return say('esbuild.missing', { name: missing });
  const lines = stderr.split(/\r?\n/);
  const line =
    lines.find((one) => /^(\w*Error|node:)\b.*: /.test(one)) ?? lines.find((one) => one !== '');
  return cut(printable(line ?? say('other.output')), MOST_COLUMNS);
}
