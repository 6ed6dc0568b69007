/**
 * Draws what a student is told after a check. A failure fits on one screen: the steps that led there,
 * the misconception, what differs, how to see it, and what to try next. Makes text; prints nothing.
 * @module
 */

import type { createColors } from 'picocolors';
import stringWidth from 'string-width';
import { type Detail, type Report, type Sentence, sentenceText } from '../lesson/report.js';
import { type LessonTexts, type Say, speak, textOf } from '../lesson/texts.js';
import type { Language } from '../texts/language.js';
import { cut, pad } from '../trace/columns.js';
import { pc } from './colours.js';
import { plain, wrap } from './wrap.js';

/** What picocolors makes. */
type Colors = ReturnType<typeof createColors>;

/** How it is drawn. */
export interface DrawOptions {
  /** The lesson's messages, in the language. */
  readonly messages: LessonTexts;
  /** Columns of the terminal. */
  readonly columns: number;
  /** The command that shows the failure; null where there is none. */
  readonly replay?: string | null;
  /** Most lines; 22 of a screen's 24, under the line of the command. Default 22. */
  readonly rows?: number;
  /** By default as the terminal wants it. */
  readonly colors?: Colors;
  /** What is spoken. */
  readonly language?: Language;
}

const ROWS = 22;
const MOST_STEPS = 8;
const MOST_WHY = 6;
const MOST_OUTPUT = 4;
const MOST_COMPLAINT = 3;
/** Lines of the student's own output that are shown when all is well. */
const MOST_OUTPUT_PASSED = 12;

/** The report of a check that failed, with a line feed at its end. */
export function failureReport(report: Report, options: DrawOptions): string {
  return `${new Drawing(report, options).failure().join('\n')}\n`;
}

/** That a check passed: what was printed, and one line. */
export function passedReport(report: Report, options: DrawOptions): string {
  return `${new Drawing(report, options).passed().join('\n')}\n`;
}

/** A check among others: one line, and up to two of why. */
export function reportRow(report: Report, options: DrawOptions): string {
  return `${new Drawing(report, options).row().join('\n')}\n`;
}

class Drawing {
  readonly #report: Report;
  readonly #options: DrawOptions;
  readonly #say: Say;
  readonly #colors: Colors;
  readonly #columns: number;

  constructor(report: Report, options: DrawOptions) {
    this.#report = report;
    this.#options = options;
    this.#say = speak(options.language);
    this.#colors = options.colors ?? pc;
    this.#columns = options.columns;
  }

  failure(): string[] {
    const { rows = ROWS } = this.#options;
    const { lesson: number, title, notice, why, complaint, detail } = this.#report;
    const head = this.#say('check.failed', { number, title });
    const { yellow } = this.#colors;
    const reason = why?.of === 'lesson' ? this.#lines(why) : this.#lines(why).slice(0, MOST_WHY);
    const reasons = [...this.#lines(notice), ...reason.map((line) => yellow(line))];
    const details = detail === null ? [] : this.#detail(detail);
    const types = this.#lines(complaint).slice(0, MOST_COMPLAINT);
    const foot = this.#foot();
    const told = [reasons, details, types, foot].filter((part) => part.length > 0);
    const left = rows - 1 - told.flat().length - told.length;
    const output = this.#output(Math.min(MOST_OUTPUT, left - 4));
    const history = this.#history(left - output.length - 1);
    const parts = [history, reasons, details, types, output, foot];
    const lines = parts
      .filter((part) => part.length > 0)
      .flatMap((part, i) => (i === 0 ? part : ['', ...part]));
    // on a small screen what was printed and the empty lines go first; they are there for the eye
    return [
      this.#colors.bold(this.#colors.red(cut(head, this.#columns))),
      ...fitted(lines, rows - 1),
    ];
  }

  passed(): string[] {
    const { lesson: number, steps: n } = this.#report;
    const line = this.#colors.green(this.#say('check.passed', { number, n }));
    return [...this.#output(MOST_OUTPUT_PASSED), line];
  }

  row(): string[] {
    const { lesson, title, passed, why } = this.#report;
    const key = passed ? 'check.row.passed' : 'check.row.failed';
    const row = cut(this.#say(key, { number: String(lesson).padStart(2), title }), this.#columns);
    if (passed) return [this.#colors.green(row)];
    const lines = this.#lines(why, this.#columns - 4).slice(0, 2);
    return [this.#colors.red(row), ...lines.map((line) => `    ${line}`)];
  }

  /** A sentence in as many lines as it takes; none for none. */
  #lines(sentence: Sentence | null, columns = this.#columns): string[] {
    if (sentence === null) return [];
    return wrap(plain(sentenceText(sentence, this.#options.messages, this.#say)), columns);
  }

  /** The last steps, numbered; the last of them is the one that failed. */
  #history(rows: number): string[] {
    const { history, steps } = this.#report;
    if (steps === 0) return [];
    const most = Math.max(1, Math.min(MOST_STEPS, steps <= rows - 1 ? rows - 1 : rows - 2));
    const shown = history.slice(-most);
    const before = steps - shown.length;
    const digits = String(steps).length;
    const lines = shown.map(({ key, values }, i) => {
      const number = before + i + 1;
      const text = textOf(this.#options.messages, key, values);
      const line = `${String(number).padStart(digits)}  ${text}`;
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

  /** What the program printed, at most so many lines of it; the last are kept. */
  #output(most: number): string[] {
    const { output } = this.#report;
    const lines = plain(output).trimEnd().split('\n');
    if (output.trim() === '' || most < 2) return [];
    const shown = lines.slice(-Math.max(1, lines.length > most - 1 ? most - 2 : most - 1));
    const left = lines.length - shown.length;
    return [
      this.#say('report.output'),
      ...(left === 0 ? [] : [`  ${this.#say('report.more', { n: left })}`]),
      ...shown.map((line) => `  ${cut(line, this.#columns - 2)}`),
    ];
  }

  #detail(detail: Detail): string[] {
    switch (detail.kind) {
      case 'bytes':
        return this.#bytes(detail);
      case 'values':
        return this.#values(detail);
      case 'line':
        return this.#sourceLine(detail);
      default:
        return detail satisfies never;
    }
  }

  #bytes({ offset, field, expected, actual }: Extract<Detail, { kind: 'bytes' }>): string[] {
    const { messages } = this.#options;
    const head =
      field === null
        ? this.#say('report.byteOnly', { offset })
        : this.#say('report.byte', { offset, field: sentenceText(field, messages, this.#say) });
    const nothing = this.#say('report.nothing');
    return [
      cut(head, this.#columns),
      ...this.#aligned(expected || nothing, actual || nothing, '^^', 0),
    ];
  }

  #values(detail: Extract<Detail, { kind: 'values' }>): string[] {
    const [expected, actual] = [plain(detail.expected), plain(detail.actual)];
    const same = plain(detail.expected.slice(0, detail.at));
    const room = this.#columns - this.#labelWidth();
    const isNear = stringWidth(same) < room - 10;
    const shown = isNear ? same : `…${lastColumns(same, Math.floor(room / 2))}`;
    const from = isNear ? 0 : same.length - shown.length + 1;
    const piece = (text: string): string => cut(`${isNear ? '' : '…'}${text.slice(from)}`, room);
    return this.#aligned(piece(expected), piece(actual), '^', stringWidth(shown));
  }

  /** Two texts under each other, and a mark under what differs first. @param at in columns */
  #aligned(expected: string, actual: string, mark: string, at: number): string[] {
    const width = this.#labelWidth();
    const label = (key: 'report.expected' | 'report.actual'): string =>
      pad(`  ${this.#say(key)}`, width);
    return [
      label('report.expected') + this.#colors.green(expected),
      label('report.actual') + this.#colors.red(actual),
      `${' '.repeat(width + at)}${mark}`,
    ];
  }

  #labelWidth(): number {
    const labels = [this.#say('report.expected'), this.#say('report.actual')];
    return 4 + Math.max(...labels.map((label) => stringWidth(label)));
  }

  #sourceLine({ line, column, text }: Extract<Detail, { kind: 'line' }>): string[] {
    const label = `  ${line} | `;
    const shown = cut(`${label}${plain(text)}`, this.#columns);
    if (column === null) return [shown];
    const before = stringWidth(plain(text.slice(0, column - 1)));
    const mark = `${' '.repeat(label.length - 2)}| ${' '.repeat(before)}^`;
    return label.length + before < this.#columns ? [shown, mark] : [shown];
  }

  /** How to see it, and what to try. */
  #foot(): string[] {
    const { lesson, task, advice, hint, replay: seen } = this.#report;
    const { messages, replay = null } = this.#options;
    const command = `npx loopscope check ${lesson}${hint === null ? '' : ` --hint ${hint.n}`}`;
    const toDo = task && this.#say('check.task', { task: sentenceText(task, messages, this.#say) });
    return [
      ...(toDo === null ? [] : wrap(toDo, this.#columns)),
      ...this.#lines(advice),
      ...(replay === null ? [] : this.#replay('report.replay', replay)),
      ...(seen.command === null || seen.command === replay
        ? []
        : this.#replay('report.bytes', seen.command)),
      this.#say(hint?.isAgain ? 'report.again' : 'report.try', {
        command: this.#colors.bold(command),
      }),
    ];
  }

  /** A long command has a line of its own, so that it can be copied whole. */
  #replay(key: 'report.replay' | 'report.bytes', command: string): string[] {
    const line = this.#say(key, { command });
    if (stringWidth(line) <= this.#columns) return [line];
    return [this.#say(key, { command: '' }).trimEnd(), command];
  }
}

/** The end of a text, as much of it as takes so many columns. */
function lastColumns(text: string, columns: number): string {
  let kept = '';
  for (const { segment } of [...new Intl.Segmenter().segment(text)].reverse()) {
    if (stringWidth(segment + kept) > columns) break;
    kept = segment + kept;
  }
  return kept;
}

/** So many lines: empty ones go first, then the first ones. */
function fitted(lines: readonly string[], rows: number): string[] {
  if (lines.length <= rows) return [...lines];
  const full = lines.filter((line) => line !== '');
  return full.slice(-rows);
}
