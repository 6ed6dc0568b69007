/**
 * `loopscope compare`: holds two servers against each other in a scenario, or in all that ship.
 * @module
 */

import { findPhp } from '../php/server.js';
import { type Player, type SideOptions, sideOf, TWIN } from '../php/sides.js';
import { type Comparison, compare } from '../scenario/compare.js';
import type { Scenario } from '../scenario/scenario.js';
import { SCENARIOS } from '../scenario/shipped.js';
import { comparisonJson, comparisonReport, comparisonSummary } from '../terminal/comparison.js';
import { Failure } from '../terminal/failure.js';
import { writeJson, writeText } from '../terminal/print.js';
import {
  findScenario,
  originalRecordings,
  readRecording,
  twinRecording,
} from '../terminal/scenarios.js';

/** What `loopscope compare` takes. */
export interface CompareOptions extends SideOptions {
  left?: string;
  right?: string;
  format: 'text' | 'json';
}

/**
 * Compares, and sets exit code 1 when something differs.
 *
 * @throws Failure (2) for what could not be run
 */
export async function compareCommand(which: string, options: CompareOptions): Promise<void> {
  const comparisons = which === 'all' ? compareAll(options) : compareOne(which, options);
  const all: Comparison[] = [];
  for await (const comparison of comparisons) {
    all.push(comparison);
    if (options.format === 'text') {
      const text =
        which === 'all' ? `${comparisonSummary(comparison)}\n` : comparisonReport(comparison);
      writeText(text);
    }
  }
  const different = all.filter(({ equal }) => !equal).length;
  if (options.format === 'json') {
    const list = all.map(comparisonJson);
    writeJson(`${JSON.stringify(which === 'all' ? list : list[0], null, 2)}\n`);
  } else if (which === 'all') {
    writeText(`\n${all.length} compared, ${different} different\n`);
  }
  if (different > 0) process.exitCode = 1;
}

async function* compareOne(which: string, options: CompareOptions): AsyncGenerator<Comparison> {
  const scenario = findScenario(which);
  const left = sideOf(options.left ?? 'original', options);
  const right = sideOf(options.right ?? (await defaultRight(scenario)), options);
  yield compareIn(scenario, left, right);
}

/** Every scenario; and, with the default sides, both of them against the recordings of the original. */
async function* compareAll(options: CompareOptions): AsyncGenerator<Comparison> {
  const left = sideOf(options.left ?? 'original', options);
  for (const scenario of SCENARIOS.values()) {
    const right = sideOf(options.right ?? (await defaultRight(scenario)), options);
    yield compareIn(scenario, left, right);
  }
  if (options.right !== undefined || options.left !== undefined) return;
  const php = await findPhp();
  for (const { path } of originalRecordings()) {
    const { scenario } = readRecording(path);
    const right = sideOf(`recording:${path}`, options);
    yield compareIn(scenario, left, right);
    if (php?.sockets === true) yield compareIn(scenario, sideOf(`php:${TWIN}`, options), right);
  }
}

async function compareIn(scenario: Scenario, left: Player, right: Player): Promise<Comparison> {
  return compare(scenario, await left(scenario), await right(scenario));
}

/** The twin where PHP is found, else what it once said. */
async function defaultRight(scenario: Scenario): Promise<string> {
  const php = await findPhp();
  if (php?.sockets === true) return `php:${TWIN}`;
  const path = twinRecording(scenario.name);
  if (path !== null) return `recording:${path}`;
  const advice = 'install PHP with its sockets extension, or name a --right';
  throw new Failure(`there is no PHP here and no recording of ${scenario.name}; ${advice}`, 2);
}
