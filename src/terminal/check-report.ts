/**
 * What a student reads after a check. A failure fits on one screen: the steps that led there, the
 * misconception, what differs, how to see it, and what to try next. Writes text; prints nothing.
 * @module
 */

import type { createColors } from 'picocolors';
import type { ByteDifference, Compared } from '../lesson/checker.js';
import type { Lesson } from '../lesson/lesson.js';
import { isMessageKey, type Say, speak, textOf } from '../lesson/messages.js';
import type { CheckResult } from '../lesson/run-check.js';
import type { Trouble, TroubleKind } from '../lesson/trouble.js';
import type { Complaint } from '../lesson/type-complaint.js';
import type { Language } from '../texts/language.js';
import { cut } from '../trace/columns.js';
import { pc } from './colours.js';
import { plain, wrap } from './wrap.js';

/** What picocolors makes. */
type Colors = ReturnType<typeof createColors>;

/** What a report is made of. */
export interface ReportOptions {
  /** The lesson that was checked. */
  readonly lesson: Pick<Lesson, 'number' | 'title' | 'messages'>;
  /** What came of it. */
  readonly result: CheckResult;
  /** The path of the student's file, as it would be typed. */
  readonly path: string;
  /** What is to be said before all else; null for nothing. */
  readonly notice: string | null;
  /** What the TypeScript compiler says of the file; null where it says nothing. */
  readonly complaint: Complaint | null;
  /** The student's file; null where it could not be read. */
  readonly source: string | null;
  /** The command that replays the failure; null where there is none. */
  readonly replay: string | null;
  /** How many hints were read. */
  readonly hintsRead: number;
  /** Columns of the terminal. */
  readonly columns: number;
  /** Most lines; 22 of a screen's 24, under the line of the command. Default 22. */
  readonly rows?: number;
  /** By default as the terminal wants it. */
  readonly colors?: Colors;
  /** What is spoken. */
  readonly language?: Language;
}

const ROWS = 22;
const MOST_STEPS = 8;
const MOST_OUTPUT = 4;
const MOST_COMPLAINT = 3;

/** How many hints a lesson has. */
export const HINTS = 3;

/** The report of a check that failed, with a line feed at its end. */
export function failureReport(options: ReportOptions): string {
  return `${new Report(options).lines().join('\n')}\n`;
}

/** What the program printed, at most so many lines of it; the last are kept. */
export function outputLines(output: string, most: number, columns: number, say: Say): string[] {
  const lines = plain(output).trimEnd().split('\n');
  if (output.trim() === '' || most < 2) return [];
  const shown = lines.slice(-Math.max(1, lines.length > most - 1 ? most - 2 : most - 1));
  const left = lines.length - shown.length;
  return [
    say('report.output'),
    ...(left === 0 ? [] : [`  ${say('report.more', { n: left })}`]),
    ...shown.map((line) => `  ${cut(line, columns - 2)}`),
  ];
}

class Report {
  readonly #options: ReportOptions;
  readonly #say: Say;
  readonly #colors: Colors;
  readonly #columns: number;

  constructor(options: ReportOptions) {
    this.#options = options;
    this.#say = speak(options.language);
    this.#colors = options.colors ?? pc;
    this.#columns = options.columns;
  }

  lines(): string[] {
    const { lesson, result, rows = ROWS } = this.#options;
    const { number, title } = lesson;
    const head = this.#say('check.failed', { number, title });
    const why = [...this.#notice(), ...this.#why()];
    const details = this.#details();
    const types = this.#types();
    const foot = this.#foot();
    const told = [why, details, types, foot].filter((part) => part.length > 0);
    const left = rows - 1 - told.flat().length - told.length;
    const output = outputLines(
      result.output,
      Math.min(MOST_OUTPUT, left - 4),
      this.#columns,
      this.#say,
    );
    const history = this.#history(left - output.length - 1);
    const parts = [history, why, details, types, output, foot].filter((part) => part.length > 0);
    const lines = parts.flatMap((part, i) => (i === 0 ? part : ['', ...part]));
    // on a small screen what was printed and the empty lines go first; they are there for the eye
    return [
      this.#colors.bold(this.#colors.red(cut(head, this.#columns))),
      ...fitted(lines, rows - 1),
    ];
  }

  /** The last steps, numbered; the last of them is the one that failed. */
  #history(rows: number): string[] {
    const { lesson, result } = this.#options;
    const { history, steps } = result;
    if (steps === 0) return [];
    const texts = lesson.messages(this.#options.language);
    const most = Math.max(1, Math.min(MOST_STEPS, steps <= rows - 1 ? rows - 1 : rows - 2));
    const shown = history.slice(-most);
    const before = steps - shown.length;
    const digits = String(steps).length;
    const lines = shown.map(({ key, values }, i) => {
      const number = before + i + 1;
      const line = `${String(number).padStart(digits)}  ${textOf(texts, key, values)}`;
      const isLast = number === steps;
      const marked = cut(
        `${isLast ? '>' : ' '} ${plain(line).replaceAll('\n', ' ')}`,
        this.#columns,
      );
      return isLast ? this.#colors.red(marked) : marked;
    });
    const beforeText = this.#say(before === 1 ? 'report.before.1' : 'report.before', { n: before });
    return [
      this.#say('report.history'),
      ...(before === 0 ? [] : [this.#colors.dim(`  ${beforeText}`)]),
      ...lines,
    ];
  }

  #notice(): string[] {
    const { notice } = this.#options;
    return notice === null ? [] : wrap(plain(notice), this.#columns);
  }

  /** What the compiler says, as editors link it. */
  #types(): string[] {
    const { complaint, path } = this.#options;
    if (complaint === null) return [];
    const text = complaintText(complaint, path, this.#say);
    return wrap(plain(text), this.#columns).slice(0, MOST_COMPLAINT);
  }

  /** The misconception, or the trouble. */
  #why(): string[] {
    const { lesson, result, path, language } = this.#options;
    const { failed, trouble } = result;
    if (failed !== null) {
      const { key, values } = failed.why;
      const text = textOf(lesson.messages(language), key, values);
      return wrap(plain(text), this.#columns).map((line) => this.#colors.yellow(line));
    }
    if (trouble === null) return [];
    const text = wrap(plain(troubleText(trouble, result.steps, path, this.#say)), this.#columns);
    return text.slice(0, 6).map((line) => this.#colors.yellow(line));
  }

  /** What differs, or the line of the student's. */
  #details(): string[] {
    const { result, source } = this.#options;
    const { failed, trouble } = result;
    if (failed?.bytes) return this.#differentBytes(failed.bytes);
    if (failed?.compared) return this.#twoValues(failed.compared);
    if (trouble === null || trouble.line === null || source === null) return [];
    return this.#sourceLine(trouble.line, trouble.column, source);
  }

  #differentBytes({ offset, field, expected, actual }: ByteDifference): string[] {
    const head =
      field === null
        ? this.#say('report.byteOnly', { offset })
        : this.#say('report.byte', { offset, field: this.#fieldName(field) });
    const nothing = this.#say('report.nothing');
    const mark = '^'.repeat(2);
    return [
      cut(head, this.#columns),
      ...this.#aligned(expected || nothing, actual || nothing, mark, 0),
    ];
  }

  /** In words of RFC 6455 5.2, where it has some. */
  #fieldName(field: string): string {
    const key = `field.${field}`;
    return isMessageKey(key) ? this.#say(key) : this.#say('field.other', { field });
  }

  #twoValues(compared: Compared): string[] {
    const [expected, actual] = [plain(compared.expected), plain(compared.actual)];
    const room = this.#columns - this.#labelWidth();
    const at = firstDifference(expected, actual);
    const from = at < room - 10 ? 0 : at - Math.floor(room / 2);
    const piece = (text: string): string =>
      cut(`${from === 0 ? '' : '…'}${text.slice(from)}`, room);
    return this.#aligned(piece(expected), piece(actual), '^', at - from + (from === 0 ? 0 : 1));
  }

  /** Two texts under each other, and a mark under what differs first. */
  #aligned(expected: string, actual: string, mark: string, at: number): string[] {
    const width = this.#labelWidth();
    const label = (key: 'report.expected' | 'report.actual'): string =>
      `  ${this.#say(key)}`.padEnd(width);
    return [
      label('report.expected') + this.#colors.green(expected),
      label('report.actual') + this.#colors.red(actual),
      `${' '.repeat(width + at)}${mark}`,
    ];
  }

  #labelWidth(): number {
    return (
      4 +
      Math.max(
        ...(['report.expected', 'report.actual'] as const).map((key) => this.#say(key).length),
      )
    );
  }

  #sourceLine(line: number, column: number | null, source: string): string[] {
    const text = source.split(/\r?\n/)[line - 1];
    if (text === undefined) return [];
    const label = `  ${line} | `;
    const shown = cut(`${label}${plain(text)}`, this.#columns);
    if (column === null || column > text.length + 1) return [shown];
    const before = plain(text.slice(0, column - 1)).length;
    const mark = `${' '.repeat(label.length - 2)}| ${' '.repeat(before)}^`;
    return label.length + before < this.#columns ? [shown, mark] : [shown];
  }

  /** A long command has a line of its own, so that it can be copied whole. */
  #replay(command: string): string[] {
    const line = this.#say('report.replay', { command });
    if (line.length <= this.#columns) return [line];
    return [this.#say('report.replay', { command: '' }).trimEnd(), command];
  }

  /** How to see it, and what to try. */
  #foot(): string[] {
    const { lesson, result, replay, hintsRead, language } = this.#options;
    const { trouble } = result;
    const task = textOf(lesson.messages(language), 'task');
    const isTodo = trouble?.kind === 'todo';
    const hint = Math.min(hintsRead + 1, HINTS);
    const asks = trouble === null || HINTED.includes(trouble.kind);
    const command = `npx loopscope check ${lesson.number}${asks ? ` --hint ${hint}` : ''}`;
    return [
      ...(isTodo ? wrap(this.#say('check.task', { task }), this.#columns) : []),
      ...(trouble === null
        ? []
        : wrap(plain(this.#say(`next.${trouble.kind}`, trouble.values)), this.#columns)),
      ...(replay === null ? [] : this.#replay(replay)),
      this.#say(asks && hintsRead >= HINTS ? 'report.again' : 'report.try', {
        command: this.#colors.bold(command),
      }),
    ];
  }
}

/** The troubles that a hint may help out of. */
const HINTED: readonly TroubleKind[] = [
  'todo',
  'thrown',
  'thrownValue',
  'overflow',
  'endless',
  'busy',
  'waits',
  'unsettled',
  'memory',
  'flood',
];

/**
 * A trouble in one sentence.
 *
 * @param steps how many there were before it
 * @param path of the student's file, as it would be typed
 */
export function troubleText(trouble: Trouble, steps: number, path: string, say: Say): string {
  const { kind, values, line, column } = trouble;
  // of another file, which the student's imports, the trouble says itself which
  const file = values.file === undefined || values.file === 'exercise.ts' ? path : values.file;
  const at = { file, line: String(line), column: String(column) };
  const position = column === null ? `${file}:${line}` : say('trouble.position', at); // as editors link it
  const inFile = kind === 'syntax' ? position : say('trouble.place', at);
  const place = line === null ? String(file) : inFile;
  const step = say(steps === 0 ? 'report.noStep' : 'report.lastStep');
  return say(`trouble.${kind}`, { ...values, file, place, step });
}

/** What the compiler says, in one sentence. */
function complaintText({ line, column, key, values }: Complaint, file: string, say: Say): string {
  const complaint = say(key, values);
  return say('types.at', { file, line: String(line), column: String(column), complaint });
}

/** So many lines: empty ones go first, then the first ones. */
function fitted(lines: readonly string[], rows: number): string[] {
  if (lines.length <= rows) return [...lines];
  const full = lines.filter((line) => line !== '');
  return full.slice(-rows);
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
