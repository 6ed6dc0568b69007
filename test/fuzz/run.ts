/**
 * The fuzzer's run: draws inputs for each target until the time is over, and keeps what crashes. A
 * case is made from a seed and its number alone, so that it can be played again.
 * @module
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromHex, toHex } from '../../src/bytes.js';
import { Random } from '../../src/net/sim.js';
import { Broken, type Target } from './target.js';

/** An input that made a target fail, as its file has it. */
export interface Crasher {
  /** The target's name. */
  readonly target: string;
  /** The seed of the run. */
  readonly seed: number;
  /** The number of the case in its target. */
  readonly number: number;
  /** The input, in hex. */
  readonly bytes: string;
  /** What came out, with where it was. */
  readonly error: string;
}

/** What became of one target. */
export interface Count {
  /** The target's name. */
  readonly target: string;
  /** Inputs that it was given. */
  readonly inputs: number;
  /** Those that made it fail. */
  readonly crashers: readonly Crasher[];
}

/** How a run is made. */
export interface FuzzOptions {
  /** For all that is random. */
  readonly seed: number;
  /** Milliseconds for all targets together. */
  readonly forMs: number;
  /** Is told of each crasher when it is found. */
  readonly found?: (crasher: Crasher) => void;
  /** Milliseconds of a clock. */
  readonly now?: () => number;
}

/** A target that fails this often is left alone: it is the same mistake each time. */
const MOST_CRASHERS = 5;
/** Turns that each target gets: a short run has all of them too. */
const ROUNDS = 10;
/** A case that takes longer waits for what never comes. */
const CASE_LIMIT_MS = 30_000;

/** Fuzzes the targets, each for its share of the time and with one input at least. */
export async function fuzz(targets: readonly Target[], options: FuzzOptions): Promise<Count[]> {
  const { seed, forMs, found = () => {}, now = () => performance.now() } = options;
  const shares = targets.reduce((sum, { share = 1 }) => sum + share, 0);
  const counts = targets.map((target) => ({
    target: target.name,
    inputs: 0,
    crashers: [] as Crasher[],
  }));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [place, target] of targets.entries()) {
      const count = counts[place] as (typeof counts)[number];
      const end = now() + (forMs / ROUNDS) * ((target.share ?? 1) / shares);
      do {
        if (count.crashers.length >= MOST_CRASHERS) break;
        const crasher = await runCase(target, seed, count.inputs++);
        if (crasher === null) continue;
        count.crashers.push(crasher);
        found(crasher);
      } while (now() < end);
    }
  }
  return counts;
}

/** Runs one case. @returns null when all was well */
export async function runCase(
  target: Target,
  seed: number,
  number: number,
): Promise<Crasher | null> {
  return play(target, seed, number, target.make(new Random(seed, number, 0)));
}

/** Plays a crasher again. @returns what comes out now; null when all is well */
export function replay(targets: readonly Target[], crasher: Crasher): Promise<Crasher | null> {
  const target = targets.find(({ name }) => name === crasher.target);
  const bytes = fromHex(crasher.bytes);
  if (target === undefined) throw new Error(`there is no target ${crasher.target}`);
  if (bytes === null) throw new Error('its bytes are no hex');
  return play(target, crasher.seed, crasher.number, bytes);
}

async function play(
  target: Target,
  seed: number,
  number: number,
  bytes: Uint8Array,
): Promise<Crasher | null> {
  try {
    const running = target.run(bytes, new Random(seed, number, 1));
    if (running !== undefined) await inTime(running);
    return null;
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { target: target.name, seed, number, bytes: toHex(bytes), error: text };
  }
}

async function inTime(running: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    const late = new Broken(`not at its end after ${CASE_LIMIT_MS / 1_000} seconds`);
    timer = setTimeout(() => reject(late), CASE_LIMIT_MS);
  });
  try {
    await Promise.race([running, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Writes a crasher as a file. @returns its path */
export function saveCrasher(folder: string, crasher: Crasher): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${crasher.target}-${crasher.seed}-${crasher.number}.json`);
  writeFileSync(path, `${JSON.stringify(crasher, null, 2)}\n`);
  return path;
}

/** Reads the file of a crasher. @throws Error when there is none in it */
export function readCrasher(path: string): Crasher {
  const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Crasher> | null;
  const { target, seed, number, bytes, error = '' } = value ?? {};
  if (typeof target !== 'string' || typeof bytes !== 'string')
    throw new Error('it names no target');
  if (typeof seed !== 'number' || typeof number !== 'number') throw new Error('it has no seed');
  return { target, seed, number, bytes, error };
}
