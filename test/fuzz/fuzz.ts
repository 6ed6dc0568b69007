/**
 * Fuzzes whatever takes bytes, for a while, and then holds the mirror against the PHP twin in random
 * conversations: 0 when nothing crashed and nothing differed. The last line has the counts.
 *
 *     npm run fuzz -- [--seconds 60] [--seed N] [--target NAME] [--crashers FOLDER] [--conversations 10000]
 *     npm run fuzz -- --replay FILE
 */

import { fuzz as fuzzSides } from '../../src/php/fuzz.js';
import { lastingSide } from '../../src/php/lasting.js';
import { findPhp } from '../../src/php/server.js';
import { TWIN } from '../../src/php/sides.js';
import { readArguments, UsageError } from '../support/arguments.js';
import { type Memory, mebibytes, memoryNow } from '../support/memory.js';
import { type Count, type Crasher, fuzz, readCrasher, replay, saveCrasher } from './run.js';
import { TARGETS } from './targets.js';

/** What may stay alive at the end beyond what was alive at the beginning: caches, compiled code. */
const MOST_GROWTH = 64 << 20;

/** One conversation with PHP takes some 50 ms. */
const CONVERSATIONS = { default: 10_000, min: 0, max: 1e9, whole: true };

const SECONDS = { default: 60, min: 0.1, max: 86_400 };

async function main(args: readonly string[]): Promise<boolean> {
  const anySeed = Math.floor(Math.random() * 2 ** 32);
  const { seconds, seed, target, crashers, conversations, ...options } = readArguments(
    args,
    {
      seconds: SECONDS,
      seed: { default: anySeed, min: 0, max: 2 ** 53 - 1, whole: true },
      conversations: CONVERSATIONS,
    },
    ['target', 'crashers', 'replay'],
  );
  if (options.replay !== undefined) return again(options.replay);
  const names = [...TARGETS.map(({ name }) => name), 'twin'];
  if (target === 'twin') return holdTwin(seed, conversations);
  const targets = TARGETS.filter(({ name }) => target === undefined || name === target);
  if (targets.length === 0) {
    throw new UsageError(`--target ${target}: the targets are ${names.join(', ')}`);
  }
  const found = (crasher: Crasher): void => {
    const file = saveCrasher(crashers ?? 'fuzz-crashers', crasher);
    console.log(`${crasher.error}\n  replay it: npm run fuzz -- --replay ${file}`);
  };
  const before = memoryNow();
  const start = performance.now();
  const counts = await fuzz(targets, { seed, forMs: seconds * 1_000, found });
  const isWell = report(counts, seed, performance.now() - start, before);
  return target === undefined ? (await holdTwin(seed, conversations)) && isWell : isWell;
}

/** The mirror against the twin; without PHP it says so, and is no failure. */
async function holdTwin(seed: number, conversations: number): Promise<boolean> {
  if (conversations === 0) return true;
  if ((await findPhp())?.sockets !== true) {
    console.log('fuzz: the twin was skipped: there is no PHP with its sockets extension here');
    return true;
  }
  const twin = lastingSide(`php:${TWIN}`);
  try {
    const run = await fuzzSides(lastingSide('original'), twin, { seed, conversations });
    const what = run.found === null ? 'equal' : 'different';
    console.log(
      `fuzz: the mirror and the twin, ${run.played} conversations, ${what} (seed ${seed})`,
    );
    if (run.found !== null) console.log(JSON.stringify(run.found.scenario));
    return run.found === null;
  } finally {
    await twin.renew();
  }
}

function report(counts: readonly Count[], seed: number, ms: number, before: Memory): boolean {
  const after = memoryNow();
  for (const { target, inputs, crashers } of counts) {
    const crashed = crashers.length === 0 ? '' : `  ${crashers.length} crashed`;
    console.log(`${target.padEnd(18)}${String(inputs).padStart(9)} inputs${crashed}`);
  }
  const inputs = counts.reduce((sum, count) => sum + count.inputs, 0);
  const crashers = counts.reduce((sum, count) => sum + count.crashers.length, 0);
  const alive = `${mebibytes(before.alive)} alive before, ${mebibytes(after.alive)} after`;
  const peak = mebibytes(process.resourceUsage().maxRSS * 1_024);
  const grew = after.alive - before.alive > MOST_GROWTH;
  if (grew) console.log(`memory grew by more than ${mebibytes(MOST_GROWTH)}`);
  console.log(
    `fuzz: ${counts.length} targets, ${inputs} inputs, ${crashers} crashers in ${(ms / 1_000).toFixed(1)} s (seed ${seed}); ${alive}, RSS at most ${peak}`,
  );
  return crashers === 0 && !grew;
}

async function again(file: string): Promise<boolean> {
  let crasher: Crasher;
  try {
    crasher = readCrasher(file);
  } catch (error) {
    throw new UsageError(`--replay ${file}: no crasher: ${(error as Error).message}`);
  }
  const now = await replay(TARGETS, crasher);
  if (now !== null) console.log(now.error);
  console.log(`fuzz: 1 input, ${now === null ? 0 : 1} crashers (replayed ${file})`);
  return now === null;
}

try {
  if (!(await main(process.argv.slice(2)))) {
    // a world in which something broke plays on, and would keep this process
    process.stdout.write('', () => process.exit(1));
  }
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`fuzz: ${error.message}`);
  process.exitCode = 2;
}
