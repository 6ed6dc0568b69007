/**
 * What came of a bench, as text for a terminal and as Markdown for docs.
 * @module
 */

import {
  type Entry,
  entryOf,
  type Figure,
  type Machine,
  type Result,
  type Target,
} from './contest.js';
import { curveTable, type Point } from './curve.js';
import { markdownTable } from './markdown.js';
import { sideBySideParts } from './report-peers.js';
import { DRIVER_SHARE } from './side-by-side.js';

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
  return `${[
    '# Speed',
    INTRODUCTION,
    `Measured on ${machineText(machine)}. A figure is the median of ${runs} runs.`,
    '## Where we stand',
    ...sideBySideParts(results),
    '## The targets',
    ...targetParts(results),
    '## How it is measured',
    METHOD,
    ...driverParts(results),
    '## What was tried',
    TRIED,
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

const INTRODUCTION = `How fast is Loopscope, and beside whom? Its peers do the same work in the same run: \`ws\`, the WebSocket
server that is used most on Node; the server that Bun brings, in which little but the handlers is
JavaScript; our PHP twin; and the *floor* of \`node:net\`, a server that parses nothing and writes a frame
made before, once for each client. This page is written by \`npm run bench -- --write\`, from one run on
one machine. \`npm run bench\` measures yours, and \`npm run bench -- --only echo\` one workload of it.
Bun takes part where \`bun\` is found: \`npm install bun\` in some folder brings it.`;

const METHOD = `- **Each server has a process of its own**, and so has the load driver that belongs to it. The driver
  connects the clients, and sends frames that were made before.
- **Every byte is compared.** A figure is only given when every client got every frame; anything else ends
  the run.
- **The contestants take turns**, A B A B, so that a machine that becomes slower does so for all. The range
  beside a median goes from the slowest to the fastest run; two whose ranges overlap may well be equal.
- **All do the same work.** None compresses, but where that is the work, and \`ws\` runs without its native
  addon. What is handed in to ours is Node's own: \`nodeBytes\`, which \`ws\` uses, too.
- **What needs no socket** runs in the process of the bench: all from [unwatched](#unwatched) on. But
  [start](#start) begins the command anew each time, and [page](#page) has a Chromium.
- **Frames** are counted where they arrive: one text to 1,000 clients is 1,000 frames.
- **CPU** is what a process has used of one core, all of its threads: more than 100% means that those of
  Node had work, too. *Server µs/frame* is that time for one frame. A driver changes it only by what it
  costs the kernel to wake it.

How does one know that the driver is not what is measured? Its own share of a core stands beside each
rate. As long as it is below 100% while the server's is not, the driver waits for the server. A peer that
lets its driver come to 100% may be faster than its rate says, and a driver at 100% beside Loopscope makes
our rate too low, not too high.`;

const TRIED = `What did not show, and was taken out again. The times are of a server's CPU, measured by turns.

- **The mask by eight bytes**, as a BigUint64Array: 16 GB/s on Node 20, where four bytes at a time do 8; but
  0.4 on Node 26, which makes a BigInt of each word. The loop of four bytes unrolled, by 2 to 16: 5.8 to
  8.3 GB/s, where it did 7.9.
- **Room for a payload that grows by four**: a quarter less copying than by two, but a text of 1 MiB that was
  not whole took 1.54 times the memory of \`ws\`. Its pieces are kept as they came now.
- **Chunks given out whole from 32 KiB on**, not from 16: that memory was 1.48 times that of \`ws\`, not 1.00.
- **Header and payload as two buffers**: a long payload has room for a header in front of it instead, and one
  write takes both.
- **A special path for short frames**, which is a second parser; parts of a client that are made when they are
  needed, 4% of its memory; and room for all that a length claims.

What decides most for messages of 1 MiB is not ours: as long as V8 frees the chunks that Node has read in its
short collections, an echo takes 1.0 to 1.2 ms of the CPU; where it begins full ones for them, ten a second,
2.0 to 2.9. A process of ours stays in the one or the other. Larger or smaller room for young objects did not
choose between them.`;

const CURVE = `How long does one select of ours take, on the simulated network and on real sockets, for so many watched
clients of which so many are ready? It takes longer with those that are ready. A select(2) goes through
all that are watched, whether they are ready or not: that number is drawn in grey.
[Lesson 20](../lessons/20-select-poll-epoll/lesson.md) is about the difference.

![The time of one select, by the number of watched clients](select-cost.svg)`;

/** How many are met, then all of them. */
function targetParts(results: readonly Result[]): string[] {
  const all = results.flatMap(({ name, targets }) =>
    targets.map((target) => ({ name, ...target })),
  );
  const missed = all.filter(({ met }) => !met).length;
  const rows = all.map(({ name, what, value, goal, met }) => [
    `[${name}](#${name})`,
    number(value),
    what,
    boundText(goal),
    met ? 'met' : '**MISSED**',
  ]);
  return [
    missed === 0
      ? `All ${all.length} are met.`
      : `${all.length - missed} of ${all.length} are met, **${missed} missed**.`,
    markdownTable([['workload', 'measured', '', 'target', ''], ...rows], [1]),
  ];
}

/** Above this share of a core, a driver has no time left. */
const BUSY_DRIVER = 95;

/** Who kept a driver as busy as it can be. */
function driverParts(results: readonly Result[]): string[] {
  const driven = results.flatMap(({ name, entries }) =>
    entries.flatMap((entry) => {
      const share = entry.figures[DRIVER_SHARE]?.median;
      return share === undefined ? [] : [{ name, who: titleOf(entry), share }];
    }),
  );
  if (driven.length === 0) return [];
  const busy = driven.filter(({ share }) => share >= BUSY_DRIVER);
  const list = busy.map(({ name, who, share }) => `${who} in ${name} (${number(share)}%)`);
  return [
    busy.length === 0
      ? `In this run, no driver came to ${BUSY_DRIVER}% of a core.`
      : `In this run, drivers came to ${BUSY_DRIVER}% of a core or more with: ${list.join(', ')}.`,
  ];
}

type Tabled = Pick<Result, 'measure' | 'against' | 'entries'>;

/** A row a contestant: the measure that decides with range and ratio, then the others. */
function table({ measure, against, entries }: Tabled): string[][] {
  const others = Object.keys(entries[0]?.figures ?? {}).filter((name) => name !== measure);
  const rows = entries.map((entry) => {
    const figure = entry.figures[measure] as Figure;
    const base = entryOf(entries, against, entry.work)?.figures[measure]?.median ?? Number.NaN;
    return [
      titleOf(entry),
      number(figure.median),
      `${number(figure.low)} to ${number(figure.high)}`,
      (figure.median / base).toFixed(2),
      ...others.map((name) => number(entry.figures[name]?.median ?? Number.NaN)),
    ];
  });
  return [['', measure, 'range', `/ ${against}`, ...others], ...rows];
}

function titleOf({ who, work }: Pick<Entry, 'who' | 'work'>): string {
  return work === null ? who : `${work}: ${who}`;
}

function targetText({ what, value, goal }: Target): string {
  return `${number(value)} ${what} (${boundText(goal)})`;
}

function boundText(goal: Target['goal']): string {
  return 'least' in goal ? `at least ${number(goal.least)}` : `at most ${number(goal.most)}`;
}

/** Three digits, or all that stand before the point. */
function number(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
