/**
 * Plays a lesson's demo as the runner does, and says what is wrong with it.
 * @module
 */

import { join } from 'node:path';
import stringWidth from 'string-width';
import { LANGUAGE_VARIABLE, NETWORK_VARIABLE } from '../../../src/lesson/node-surroundings.js';
import { DEMO_START } from '../../../src/lesson/student-modules.js';
import { frontMatterOf, languageOf } from './files.js';
import { linesOf, type Ran, runNode } from './run.js';

/** Where a demo can play. */
export type Network = 'sim' | 'real';

/** Most columns of a line: a terminal's. */
const COLUMNS = 80;

const played = new Map<string, Promise<Ran>>();

/** Plays a demo. The same run is not played twice: ask for another `run` for that. */
export function playDemo(path: string, network: Network, run = 1): Promise<Ran> {
  const key = `${path} ${network} ${run}`;
  const env = { [NETWORK_VARIABLE]: network, [LANGUAGE_VARIABLE]: languageOf(path) };
  const playing = played.get(key) ?? runNode([...DEMO_START, path], { env });
  played.set(key, playing);
  return playing;
}

/**
 * What is wrong with a lesson's demo on the networks that the lesson names, one sentence each.
 *
 * @param name of its file: `demo.ts`, or that of a language
 */
export async function demoProblems(folder: string, name = 'demo.ts'): Promise<string[]> {
  const path = join(folder, name);
  const { networks } = frontMatterOf(folder) ?? {};
  if (!Array.isArray(networks) || networks.length === 0)
    return ['no network is named for the demo'];
  for (const network of networks as Network[]) {
    const ran = await playDemo(path, network);
    const problems = problemsOf(ran);
    if (network === 'sim' && problems.length === 0) {
      problems.push(...differences(ran, await playDemo(path, network, 2)));
    }
    if (problems.length > 0) return problems.map((problem) => `on ${network}: ${problem}`);
  }
  return [];
}

function differences(first: Ran, second: Ran): string[] {
  if (first.stdout === second.stdout) return [];
  const [a, b] = [linesOf(first.stdout), linesOf(second.stdout)];
  const at = a.findIndex((line, i) => line !== b[i]);
  return [`two runs differ: "${a[at] ?? ''}" is then "${b[at] ?? ''}"`];
}

function problemsOf({ code, stdout, stderr }: Ran): string[] {
  return [
    ...(code === null ? ['does not end'] : []),
    ...(code !== null && code !== 0 ? [`ended with ${code}`] : []),
    ...(stderr === '' ? [] : [`says on stderr: ${stderr.trim()}`]),
    ...(stdout.trim() === '' ? ['prints nothing'] : []),
    ...(/\n\r?\n$/.test(stdout) ? ['ends in an empty line'] : []), // the runner makes one
    ...linesOf(stdout)
      .filter((line) => stringWidth(line) > COLUMNS)
      .map((line) => `prints more than ${COLUMNS} columns: ${line}`),
  ];
}
