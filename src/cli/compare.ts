/**
 * `loopscope compare`: holds two servers against each other in a scenario, or in all that ship.
 * @module
 */

import { findPhp } from '../php/server.js';
import { type Player, type SideOptions, sideOf, TWIN } from '../php/sides.js';
import { behaviourOfTrace, clientsLeft } from '../scenario/behaviour.js';
import { type Comparison, compare, type Side } from '../scenario/compare.js';
import { type Proof, prove } from '../scenario/proof.js';
import type { Scenario } from '../scenario/scenario.js';
import { SCENARIOS } from '../scenario/shipped.js';
import { type Behaving, behaviourLines } from '../terminal/behaviour.js';
import {
  compareSpeaker,
  comparisonJson,
  comparisonReport,
  comparisonSummary,
} from '../terminal/comparison.js';
import { Failure } from '../terminal/failure.js';
import { writeJson, writeText } from '../terminal/print.js';
import { proofLines } from '../terminal/proof.js';
import {
  findScenario,
  originalRecordings,
  readRecording,
  twinRecording,
} from '../terminal/scenarios.js';
import type { Language } from '../texts/language.js';
import { ownSide } from './mine.js';

/** What `loopscope compare` takes. */
export interface CompareOptions extends SideOptions {
  left?: string;
  right?: string;
  format: 'text' | 'json';
  /** Looks for the mistakes of the original that part the two. */
  why?: boolean;
}

/** What is held of one scenario. */
interface Compared {
  comparison: Comparison;
  /** Null where it was not asked for, or there is nothing to prove. */
  proof: Proof | null;
  how: readonly Behaving[];
}

/**
 * Compares, and sets exit code 1 when something differs.
 *
 * @throws Failure (2) for what could not be run
 */
export async function compareCommand(which: string, asked: CompareOptions): Promise<void> {
  const options: CompareOptions = { ...asked, own: () => ownSide(asked.language) };
  if (options.why === true && ![options.left ?? 'original', options.right].includes('original')) {
    throw new Failure('compare.whyNeedsMirror', {}, 2);
  }
  const comparisons = which === 'all' ? compareAll(options) : compareOne(which, options);
  const all: Compared[] = [];
  for await (const compared of comparisons) {
    all.push(compared);
    if (options.format === 'text') writeText(textOf(compared, which === 'all', options.language));
  }
  const different = all.filter(({ comparison }) => !comparison.equal).length;
  if (options.format === 'json') {
    const list = all.map(({ comparison, proof, how }) => ({
      ...comparisonJson(comparison),
      ...(options.why === true ? { proof } : {}),
      ...(options.how === true ? { how } : {}),
    }));
    writeJson(`${JSON.stringify(which === 'all' ? list : list[0], null, 2)}\n`);
  } else if (which === 'all') {
    const say = compareSpeaker(options.language);
    writeText(`\n${say('all', { all: all.length, different })}\n`);
  }
  if (different > 0) process.exitCode = 1;
}

async function* compareOne(which: string, options: CompareOptions): AsyncGenerator<Compared> {
  const scenario = findScenario(which);
  const left = sideOf(options.left ?? 'original', options);
  const right = sideOf(options.right ?? (await defaultRight(scenario)), options);
  yield compareIn(scenario, left, right, options);
}

/** Every scenario; and, with the default sides, both of them against the recordings of the original. */
async function* compareAll(options: CompareOptions): AsyncGenerator<Compared> {
  const left = sideOf(options.left ?? 'original', options);
  for (const scenario of SCENARIOS.values()) {
    const right = sideOf(options.right ?? (await defaultRight(scenario)), options);
    yield compareIn(scenario, left, right, options);
  }
  if (options.right !== undefined || options.left !== undefined) return;
  const php = await findPhp();
  for (const { path } of originalRecordings()) {
    const { scenario } = readRecording(path);
    const right = sideOf(`recording:${path}`, options);
    yield compareIn(scenario, left, right, options);
    if (php?.sockets === true)
      yield compareIn(scenario, sideOf(`php:${TWIN}`, options), right, options);
  }
}

async function compareIn(
  scenario: Scenario,
  left: Player,
  right: Player,
  { why, how }: CompareOptions,
): Promise<Compared> {
  const [a, b] = [await left(scenario), await right(scenario)];
  const comparison = compare(scenario, a, b);
  const other = a.name === 'original' ? b : a;
  return {
    comparison,
    proof: why === true && !comparison.equal ? await prove(scenario, other.wire) : null,
    how: how === true ? [a, b].map((side) => behavingOf(scenario, side)) : [],
  };
}

/** From its system calls, where they are known; else from its trace. */
function behavingOf(scenario: Scenario, side: Side): Behaving {
  const { name, trace } = side;
  const behaviour = side.behaviour ?? (trace === null ? null : behaviourOfTrace(trace));
  const there = clientsLeft(scenario, side.wire);
  return { name, behaviour, there, isKnownRestless: side.restless !== undefined };
}

function textOf(
  { comparison, proof, how }: Compared,
  isOneOfAll: boolean,
  language?: Language,
): string {
  const { left, right } = comparison;
  const names = left === 'original' ? ([left, right] as const) : ([right, left] as const);
  const lines = proof === null ? [] : proofLines(proof, names, !isOneOfAll, language);
  const isEqual = comparison.wire.length === 0;
  const behaves = how.length === 0 ? [] : behaviourLines(how, isEqual, language);
  if (!isOneOfAll)
    return `${comparisonReport(comparison, lines, language)}${behaves.map(withEnd).join('')}`;
  return [comparisonSummary(comparison, language), ...lines, ...behaves].map(withEnd).join('');
}

function withEnd(line: string): string {
  return `${line}\n`;
}

/** The twin where PHP is found, else what it once said. */
async function defaultRight(scenario: Scenario): Promise<string> {
  const php = await findPhp();
  if (php?.sockets === true) return `php:${TWIN}`;
  const path = twinRecording(scenario.name);
  if (path !== null) return `recording:${path}`;
  throw new Failure('compare.noPhp', { scenario: scenario.name }, 2);
}
