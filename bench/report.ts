/**
 * What came of a bench, as text for a terminal, and as Markdown for docs in both languages.
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
import { type PageLanguage, type Voice, voiceOf } from './report-texts.js';
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
    tableText(table(rest, ENGLISH)),
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
export function machineText(machine: Machine): string {
  return ENGLISH.say('machine', { ...machine });
}

/** What stands under the picture of the curve. */
export function captionText({ machine, runs }: Report, language: PageLanguage): string {
  const { say } = voiceOf(language);
  return say('caption', { machine: say('machine', { ...machine }), runs });
}

/** The page docs/speed.md, or its Chinese twin: the same figures in both. */
export function reportMarkdown(report: Report, language: PageLanguage = 'en'): string {
  const { machine, runs, results, curve = [] } = report;
  const voice = voiceOf(language);
  const { say, tell, sentence } = voice;
  return `${[
    `# ${say('title')}`,
    say('other'),
    say('introduction'),
    say('measured', { machine: say('machine', { ...machine }), runs }),
    `## ${say('stand')}`,
    ...sideBySideParts(results, voice),
    `## ${say('targets')}`,
    ...targetParts(results, voice),
    `## ${say('how')}`,
    say('method'),
    ...driverParts(results, voice),
    `## ${say('tried')}`,
    say('tried.list'),
    ...results.flatMap((result) => [
      `## ${result.name}`,
      sentence(result.title),
      markdownTable(table(result, voice)),
      ...result.notes.map(tell),
    ]),
    '## curve',
    say('curve'),
    markdownTable(curveTable(curve).map((row) => row.map((cell) => cellOf(cell, voice)))),
  ].join('\n\n')}\n`;
}

/** A cell of the curve's table. */
function cellOf(cell: string, { say, tell }: Voice): string {
  const [, low, high] = /^(.*) to (.*)$/.exec(cell) ?? [];
  if (low !== undefined && high !== undefined) return say('from.to', { low, high });
  return cell === 'range' ? say('range') : tell(cell);
}

/** How many are met, then all of them. */
function targetParts(results: readonly Result[], { say, tell }: Voice): string[] {
  const all = results.flatMap(({ name, targets }) =>
    targets.map((target) => ({ name, ...target })),
  );
  const missed = all.filter(({ met }) => !met).length;
  const rows = all.map(({ name, what, value, goal, met }) => [
    `[${name}](#${name})`,
    number(value),
    tell(what),
    boundText(goal, say),
    say(met ? 'met' : 'missed'),
  ]);
  return [
    missed === 0
      ? say('targets.met', { n: all.length })
      : say('targets.missed', { met: all.length - missed, n: all.length, missed }),
    markdownTable([[say('workload'), say('value'), '', say('target'), ''], ...rows], [1]),
  ];
}

/** Above this share of a core, a driver has no time left. */
const BUSY_DRIVER = 95;

/** Who kept a driver as busy as it can be. */
function driverParts(results: readonly Result[], voice: Voice): string[] {
  const { say } = voice;
  const driven = results.flatMap(({ name, entries }) =>
    entries.flatMap((entry) => {
      const share = entry.figures[DRIVER_SHARE]?.median;
      return share === undefined ? [] : [{ name, who: titleOf(entry, voice), share }];
    }),
  );
  if (driven.length === 0) return [];
  const list = driven
    .filter(({ share }) => share >= BUSY_DRIVER)
    .map(({ share, ...who }) => say('driver.one', { ...who, share: number(share) }));
  return [say(list.length === 0 ? 'driver.none' : 'driver.busy', { share: BUSY_DRIVER, list })];
}

type Tabled = Pick<Result, 'measure' | 'against' | 'entries'>;

/** A row a contestant: the measure that decides with range and ratio, then the others. */
function table({ measure, against, entries }: Tabled, voice: Voice): string[][] {
  const { say, tell } = voice;
  const others = Object.keys(entries[0]?.figures ?? {}).filter((name) => name !== measure);
  const rows = entries.map((entry) => {
    const figure = entry.figures[measure] as Figure;
    const base = entryOf(entries, against, entry.work)?.figures[measure]?.median ?? Number.NaN;
    return [
      titleOf(entry, voice),
      number(figure.median),
      say('from.to', { low: number(figure.low), high: number(figure.high) }),
      (figure.median / base).toFixed(2),
      ...others.map((name) => number(entry.figures[name]?.median ?? Number.NaN)),
    ];
  });
  const head = [tell(measure), say('range'), `/ ${tell(against)}`, ...others.map(tell)];
  return [['', ...head], ...rows];
}

function titleOf({ who, work }: Pick<Entry, 'who' | 'work'>, { say, tell }: Voice): string {
  return work === null ? tell(who) : say('work.who', { work: tell(work), who: tell(who) });
}

function targetText({ what, value, goal }: Target): string {
  return `${number(value)} ${what} (${boundText(goal, ENGLISH.say)})`;
}

function boundText(goal: Target['goal'], say: Voice['say']): string {
  return 'least' in goal
    ? say('least', { value: number(goal.least) })
    : say('most', { value: number(goal.most) });
}

/** Three digits, or all that stand before the point. */
function number(value: number): string {
  if (Number.isNaN(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}

/** What the terminal is told in. */
const ENGLISH = voiceOf('en');
