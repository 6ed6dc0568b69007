/**
 * `loopscope compare`: holds two servers against each other in a scenario, or in all that ship.
 * @module
 */

import { DEFECTS } from '../chat/defects.js';
import { pc } from '../lesson/colours.js';
import { type Comparison, compare, type WireDifference } from '../scenario/compare.js';
import type { Scenario } from '../scenario/scenario.js';
import { SCENARIOS } from '../scenario/shipped.js';
import { cut, pad } from '../trace/columns.js';
import { type TraceRow, tracesEqual } from '../trace/diff.js';
import type { TraceEvent } from '../trace/event.js';
import { formatEvent } from '../trace/ndjson.js';
import { describeStep, printable } from '../trace/text.js';
import { Failure } from './failure.js';
import { findPhp } from './php.js';
import { findScenario, originalRecordings, readRecording, twinRecording } from './scenarios.js';
import { type Player, type SideOptions, sideOf, TWIN } from './sides.js';
import { terminalWidth } from './story.js';

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
      const text = which === 'all' ? `${summaryOf(comparison)}\n` : reportOf(comparison);
      process.stdout.write(text);
    }
  }
  const different = all.filter(({ equal }) => !equal).length;
  if (options.format === 'json') {
    const list = all.map(toJson);
    process.stdout.write(`${JSON.stringify(which === 'all' ? list : list[0], null, 2)}\n`);
  } else if (which === 'all') {
    process.stdout.write(`\n${all.length} compared, ${different} different\n`);
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

function summaryOf({ scenario, left, right, equal, bytes, rows, defects }: Comparison): string {
  const verdict = equal ? pc.green('equal    ') : pc.red('different');
  const steps = rows === null ? 'bytes only' : `${rows.length} steps`;
  const why = defects.length > 0 ? `  ${defects.join(' ')}` : '';
  return `${verdict}  ${printable(scenario).padEnd(24)} ${left} | ${right}  ${bytes} bytes, ${steps}${why}`;
}

function reportOf(comparison: Comparison): string {
  const { scenario, left, right, equal, wire, rows, defects, bytes, notes } = comparison;
  const lines = [pc.bold(printable(scenario)), '', ...notes.map(printable)];
  if (rows === null)
    lines.push('One side tells only its bytes, so there are no steps to lay side by side.');
  else lines.push(...sideBySide(left, right, rows));
  lines.push('');
  if (wire.length === 0) lines.push(`On the wire: equal, ${bytes} bytes.`);
  else lines.push('On the wire:', ...wireReport(wire, left, right));
  if (rows !== null && !tracesEqual(rows)) lines.push('In the steps: different (≠ above).');
  for (const number of defects) lines.push(`Explained by ${number}: ${titleOf(number)}`);
  if (defects.length > 0) lines.push('docs/defects.md has the table of these numbers.');
  lines.push(equal ? pc.green('Equal.') : pc.red('Different.'));
  return `${lines.join('\n')}\n`;
}

function titleOf(number: string): string {
  return DEFECTS.find((defect) => defect.number === number)?.title ?? '';
}

function sideBySide(left: string, right: string, rows: readonly TraceRow[]): string[] {
  const column = Math.floor(((terminalWidth() ?? 100) - 3) / 2);
  const line = (a: string, mark: string, b: string): string =>
    `${pad(cut(a, column), column)} ${mark} ${cut(b, column)}`.trimEnd();
  const body = rows.map((row) => {
    const text = line(stepText(row.left), row.same ? ' ' : '≠', stepText(row.right));
    return row.same ? text : pc.red(text);
  });
  return [pc.bold(line(left, ' ', right)), ...body];
}

function stepText(event: TraceEvent | null): string {
  return event === null ? '' : `${event.step.padEnd(10)} ${describeStep(event)}`;
}

/** Differences that matter, client by client; of those of form alone, the first of each kind. */
function wireReport(wire: readonly WireDifference[], left: string, right: string): string[] {
  const form = new Map<string, WireDifference[]>();
  for (const one of wire) {
    if (one.harmless !== null) form.set(one.harmless, [...(form.get(one.harmless) ?? []), one]);
  }
  const lines = wire
    .filter((one) => one.harmless === null)
    .flatMap((one) => wireLines(one, left, right));
  for (const [number, [first, ...more]] of form) {
    if (first === undefined) continue;
    const others =
      more.length === 0 ? '' : `, and so for ${more.map(({ client }) => client).join(', ')}`;
    lines.push(`  In form alone (${number})${others}:`, ...wireLines(first, left, right));
  }
  return lines;
}

function wireLines(difference: WireDifference, left: string, right: string): string[] {
  const { client, leftOffset, rightOffset, field } = difference;
  const width = Math.max(left.length, right.length);
  return [
    `  ${client}: the first byte that differs is in ${field}`,
    `    ${left.padEnd(width)}  byte ${leftOffset}: ${printable(difference.left)}`,
    `    ${right.padEnd(width)}  byte ${rightOffset}: ${printable(difference.right)}`,
  ];
}

function toJson({ rows, ...rest }: Comparison): object {
  const plain = (event: TraceEvent | null): unknown =>
    event === null ? null : JSON.parse(formatEvent(event));
  const steps =
    rows?.map((row) => ({ same: row.same, left: plain(row.left), right: plain(row.right) })) ??
    null;
  return { ...rest, steps };
}
