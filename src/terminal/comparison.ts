/**
 * What `loopscope compare` prints of two servers in a scenario: a line, the whole report, or JSON.
 * @module
 */

import { DEFECTS } from '../chat/defects.js';
import type { Comparison, WireDifference } from '../scenario/compare.js';
import { firstParting, partingOf } from '../scenario/parting.js';
import type { JsonDifference } from '../scenario/reading.js';
import { cut, pad } from '../trace/columns.js';
import { type TraceRow, tracesEqual } from '../trace/diff.js';
import type { TraceEvent } from '../trace/event.js';
import { formatEvent } from '../trace/ndjson.js';
import { describeStep, printable } from '../trace/text.js';
import { pc } from './colours.js';
import { terminalWidth } from './story.js';

/** One line: whether they are equal, and in a few words where they part. */
export function comparisonSummary(comparison: Comparison): string {
  const { scenario, left, right, equal, bytes, rows } = comparison;
  const verdict = equal ? pc.green('equal    ') : pc.red('different');
  const steps = rows === null ? 'bytes only' : `${rows.length} steps`;
  const where = equal ? '' : `  ${whereTheyPart(comparison)}`;
  return `${verdict}  ${printable(scenario).padEnd(24)} ${left} | ${right}  ${bytes} bytes, ${steps}${where}`;
}

/** In a few words: the first place on the wire, else in the steps. */
function whereTheyPart({ wire, rows }: Comparison): string {
  const first = wire.find(({ form }) => form === null);
  if (first !== undefined) return printable(`part at ${first.client}, ${first.field}`);
  const row = rows?.[firstParting(rows)];
  const isPart = row !== undefined && partingOf(row)?.kind === 'part';
  if (isPart) return `part in the steps, at ${(row.left ?? row.right)?.step}`;
  return wire.length > 0 ? 'in form alone' : 'in how the steps are told';
}

/**
 * Both sides' steps beside each other, and where they part on the wire.
 *
 * @param proof what was proven of it, in lines, in place of what the scenario is about
 */
export function comparisonReport(comparison: Comparison, proof: readonly string[] = []): string {
  const { scenario, left, right, equal, wire, rows, bytes, notes } = comparison;
  const lines = [pc.bold(printable(scenario)), '', ...notes.map(printable)];
  if (rows === null)
    lines.push('One side tells only its bytes, so there are no steps to lay side by side.');
  else lines.push(...sideBySide(left, right, rows));
  lines.push('');
  if (wire.length === 0) lines.push(`On the wire: equal, ${bytes} bytes.`);
  else lines.push('On the wire:', ...wireReport(wire, left, right));
  if (rows !== null) lines.push(...stepReport(rows, left, right));
  if (!equal) lines.push(...(proof.length > 0 ? proof : aboutLines(comparison)));
  lines.push(equal ? pc.green('Equal.') : pc.red('Different.'));
  return `${lines.join('\n')}\n`;
}

/** What the scenario is there to show. Nobody has looked whether that parts these two. */
function aboutLines({ about, wire, rows }: Comparison): string[] {
  const doPart =
    wire.some(({ form }) => form === null) ||
    rows?.some((row) => partingOf(row)?.kind === 'part') === true;
  if (!doPart || about.length === 0) return [];
  return [
    'This scenario is about:',
    ...about.map((number) => `  ${number} ${titleOf(number)}`.trimEnd()),
    'Whether that is what parts them is not proven. --why looks; docs/defects.md has these numbers.',
  ];
}

function titleOf(number: string): string {
  return DEFECTS.find((defect) => defect.number === number)?.title ?? '';
}

/** The first step in which they part, whole: in the columns above, what differs may be cut off. */
function stepReport(rows: readonly TraceRow[], left: string, right: string): string[] {
  if (tracesEqual(rows)) return [];
  const row = rows[firstParting(rows)];
  const parting = row === undefined ? null : partingOf(row);
  if (row === undefined || parting?.kind !== 'part') {
    return ['In the steps: different (≠ above), and nowhere in more than form.'];
  }
  const width = Math.max(left.length, right.length);
  const line = (name: string, event: TraceEvent | null): string =>
    `    ${name.padEnd(width)}  ${shortened(event === null ? 'nothing' : stepText(event))}`;
  return [
    'In the steps (≠ above) they part first here:',
    line(left, row.left),
    line(right, row.right),
    ...jsonLines(parting.json, width),
  ];
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

/** Where they part, client by client; of what differs in form alone, the first of each kind. */
function wireReport(wire: readonly WireDifference[], left: string, right: string): string[] {
  const form = new Map<string, WireDifference[]>();
  for (const one of wire) {
    if (one.form === null) continue;
    const kind = formText(one);
    form.set(kind, [...(form.get(kind) ?? []), one]);
  }
  const lines = wire
    .filter((one) => one.form === null)
    .flatMap((one) => wireLines(one, left, right));
  for (const [kind, [first, ...more]] of form) {
    if (first === undefined) continue;
    const others =
      more.length === 0 ? '' : `, and so for ${more.map(({ client }) => client).join(', ')}`;
    lines.push(`  In form alone: ${kind}${others}`, ...wireLines(first, left, right));
  }
  return lines;
}

function formText({ form, defect }: WireDifference): string {
  if (defect !== null) return `${defect} ${titleOf(defect)}`;
  return form === 'head'
    ? 'the answer says the same to a client, and is written otherwise'
    : 'the same JSON, written otherwise';
}

/** One place where they part, on both sides, decoded. */
export function wireLines(difference: WireDifference, left: string, right: string): string[] {
  const { client, leftOffset, rightOffset, field, form, json } = difference;
  const width = Math.max(left.length, right.length);
  const says = form === null ? 'they part here, in' : 'the first byte that differs is in';
  const side = (name: string, offset: number, bytes: string, reads: string): string[] => [
    `    ${name.padEnd(width)}  byte ${offset}: ${printable(bytes)}`,
    ...(reads === '' ? [] : [`    ${''.padEnd(width)}  ${shortened(printable(reads))}`]),
  ];
  return [
    `  ${client}: ${says} ${printable(field)}`,
    ...side(left, leftOffset, difference.left, difference.leftReads),
    ...side(right, rightOffset, difference.right, difference.rightReads),
    ...jsonLines(json, width),
  ];
}

/** Where two texts of JSON part. */
function jsonLines(json: JsonDifference | null, width: number): string[] {
  if (json === null) return [];
  const has = (value: string | null): string =>
    value === null ? 'nothing' : shortened(printable(value), 80);
  const where = json.path === '' ? 'as a whole' : printable(json.path);
  return [`    ${'in the JSON'.padEnd(width)}  ${where}: ${has(json.left)} | ${has(json.right)}`];
}

/** No decoded text is longer. */
const MOST = 400;

function shortened(text: string, most = MOST): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** What a program is told of it. */
export function comparisonJson({ rows, ...rest }: Comparison): object {
  const plain = (event: TraceEvent | null): unknown =>
    event === null ? null : JSON.parse(formatEvent(event));
  const steps =
    rows?.map((row) => ({ same: row.same, left: plain(row.left), right: plain(row.right) })) ??
    null;
  return { ...rest, steps };
}
