/**
 * What came of a bench, as text for a terminal and as Markdown for docs.
 * @module
 */

import type { Figure, Machine, Result, Target } from './contest.js';
import { curveTable, type Point } from './curve.js';

/** A whole run. */
export interface Report {
  machine: Machine;
  runs: number;
  results: Result[];
  /** The cost curve of select, where it was measured. */
  curve?: Point[];
}

/** The table of one workload, as plain text. */
export function resultText({ title, notes, targets, ...rest }: Result): string {
  return [
    `${rest.name}: ${title}`,
    tableText(table(rest)),
    ...targets.map((target) => `  ${target.met ? 'met   ' : 'MISSED'}  ${targetText(target)}`),
    ...notes.map((note) => `  ${note}`),
    '',
  ].join('\n');
}

/** Rows in columns; the first column is set to the left, the others to the right. */
export function tableText(rows: readonly string[][]): string {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
  const cells = (row: string[]): string[] =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)));
  return rows.map((row) => `  ${cells(row).join('  ')}`).join('\n');
}

/** Where it was measured, in one line. */
export function machineText({ cpu, cores, node, os, date }: Machine): string {
  return `${cpu}, ${cores} cores, Node ${node}, ${os}, ${date}`;
}

/** The page docs/speed.md. */
export function reportMarkdown({ machine, runs, results, curve = [] }: Report): string {
  const rows = results.flatMap(({ name, targets }) =>
    targets.map((target) => [name, targetText(target), target.met ? 'met' : '**missed**']),
  );
  return `${[
    '# Speed',
    '<!-- Written by `npm run bench -- --write`: edit bench/, not this file. -->',
    `Measured on ${machineText(machine)}. Medians of ${runs}, with the lowest and the highest.`,
    INTRODUCTION,
    '## Targets',
    markdownTable([['workload', 'target', ''], ...rows]),
    ...results.flatMap((result) => [
      `## ${result.name}`,
      `${capital(result.title)}.`,
      markdownTable(table(result)),
      ...result.notes,
    ]),
    '## curve',
    CURVE,
    markdownTable(curveTable(curve)),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `Each server runs in a process of its own, and a load driver in another connects the clients, sends
frames that were made before, and compares every byte that comes back: a figure is only given when every
client got every frame. The contestants take turns. All do the same work without compression; \`ws\` runs
without its native addon. The *floor* is the least that node:net can do: no parsing, a frame made before,
one write for each client and frame. A driver whose CPU share is well below 100% is not what holds a
server up; where it is near 100%, the rate is what the driver could take, and the server's own cost is in
µs a frame. More than 100% means that Node's other threads had work, too.`;

const CURVE = `The time of one select of ours, on the simulated network and on real sockets: it follows the
clients that are ready. A select(2) scans all that are watched.

![The time of one select by the number of watched clients](select-cost.svg)`;

type Tabled = Pick<Result, 'measure' | 'against' | 'figures'>;

/** A row a contestant: the measure that decides with range and ratio, then the others. */
function table({ measure, against, figures }: Tabled): string[][] {
  const others = Object.keys(Object.values(figures)[0] ?? {}).filter((name) => name !== measure);
  const base = figures[against]?.[measure]?.median ?? Number.NaN;
  const rows = Object.entries(figures).map(([who, measures]) => {
    const figure = measures[measure] as Figure;
    return [
      who,
      number(figure.median),
      `${number(figure.low)} to ${number(figure.high)}`,
      (figure.median / base).toFixed(2),
      ...others.map((name) => number(measures[name]?.median ?? Number.NaN)),
    ];
  });
  return [['', measure, 'range', `/ ${against}`, ...others], ...rows];
}

function targetText({ what, value, goal }: Target): string {
  const [word, bound] = 'least' in goal ? ['at least', goal.least] : ['at most', goal.most];
  return `${number(value)} ${what} (${word} ${number(bound)})`;
}

/** Three digits, or all that stand before the point. */
function number(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function markdownTable([head = [], ...rows]: string[][]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
