/**
 * What a student is told after a check, as a model: codes and values, of which the terminal and the page
 * make words and lines, each in its own way and language. It knows no colour and no width, and goes
 * through JSON, as from a worker.
 * @module
 */

import type { List } from '../texts/say.js';
import type { CheckResult } from './check-result.js';
import type { Said, Values } from './checker.js';
import { isTextKey, type LessonTexts, type Say, type TextKey, textOf } from './texts.js';
import type { Trouble, TroubleKind } from './trouble-kind.js';
import type { Complaint } from './type-complaint.js';

/** A text by its key: of the lesson's messages, or of the runner's; values may be such texts themselves. */
export type Sentence =
  | ({ readonly of: 'lesson' } & Said)
  | { readonly of: 'runner'; readonly key: TextKey; readonly values: SentenceValues };

/** What stands in a text. */
export type SentenceValues = Readonly<Record<string, string | number | List | Sentence>>;

/** What differs, or the line where it went wrong. Texts are the student's, as they are. */
export type Detail =
  | {
      readonly kind: 'bytes';
      /** Of the first byte that differs. */
      readonly offset: number;
      /** The field that it belongs to; null where none is known. */
      readonly field: Sentence | null;
      /** In hex, from that byte on; empty where no more was expected. */
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly kind: 'values';
      readonly expected: string;
      readonly actual: string;
      /** The index of the first character that differs. */
      readonly at: number;
    }
  | {
      readonly kind: 'line';
      /** From 1. */
      readonly line: number;
      /** From 1; null where none is known. */
      readonly column: number | null;
      readonly text: string;
    };

/** What is told. */
export interface Report {
  /** The number of the lesson. */
  readonly lesson: number;
  readonly title: string;
  readonly passed: boolean;
  /** How many steps were tried. */
  readonly steps: number;
  /** The last of them; the last one is where it failed. */
  readonly history: readonly Said[];
  /** What is to be said before all else; null for nothing. */
  readonly notice: Sentence | null;
  /** The misconception, or the trouble; null where it passed. */
  readonly why: Sentence | null;
  /** What was to be done, where it is still to be written; else null. */
  readonly task: Sentence | null;
  readonly detail: Detail | null;
  /** What the TypeScript compiler says of the file; null where it says nothing. */
  readonly complaint: Sentence | null;
  /** What to do about a trouble; null where there is none. */
  readonly advice: Sentence | null;
  /** What the student's program printed. */
  readonly output: string;
  /** How it can be seen: the trace as NDJSON, and the `seq` of the step in it; and a command for its bytes. */
  readonly replay: {
    readonly trace: string | null;
    readonly at: number | null;
    readonly command: string | null;
  };
  /** The next hint, 1 to {@link HINTS}, and whether all were read already; null where none would help. */
  readonly hint: { readonly n: number; readonly isAgain: boolean } | null;
}

/** What a report is made of. */
export interface ReportInput {
  /** The lesson that was checked. */
  readonly lesson: { readonly number: number; readonly title: string };
  /** What came of it. */
  readonly result: CheckResult;
  /** The student's file, as the student would call it. */
  readonly file: string;
  /** What stands in it; null where that could not be read. */
  readonly source?: string | null;
  /** How many hints were read. Default 0. */
  readonly hintsRead?: number;
  readonly notice?: Sentence | null;
  readonly complaint?: Complaint | null;
}

/** How many hints a lesson has. */
export const HINTS = 3;

/** Makes it. */
export function reportOf(input: ReportInput): Report {
  const { lesson, result, file, hintsRead = 0, notice = null, complaint = null } = input;
  const { passed, failed, trouble, steps, history, output, trace, at, command } = result;
  const asks = !passed && (trouble === null || HINTED.includes(trouble.kind));
  const told = trouble && troubleSentences(trouble, file, steps);
  return {
    lesson: lesson.number,
    title: lesson.title,
    passed,
    steps,
    history,
    notice,
    why: failed === null ? (told?.why ?? null) : { of: 'lesson', ...failed.why },
    task: trouble?.kind === 'todo' ? { of: 'lesson', key: 'task', values: {} } : null,
    detail: detailOf(result, input.source ?? null),
    complaint: complaint && complaintSentence(complaint, file),
    advice: told?.advice ?? null,
    output,
    replay: { trace, at, command },
    hint: asks ? { n: Math.min(hintsRead + 1, HINTS), isAgain: hintsRead >= HINTS } : null,
  };
}

/**
 * Says a sentence of a report.
 *
 * @param messages the lesson's
 * @param say the runner's
 * @throws Error when the lesson's messages have no such key: a bug of the lesson
 */
export function sentenceText(sentence: Sentence, messages: LessonTexts, say: Say): string {
  if (sentence.of === 'lesson') return textOf(messages, sentence.key, sentence.values);
  const values = Object.entries(sentence.values).map(([name, value]) => [
    name,
    isSentence(value) ? sentenceText(value, messages, say) : value,
  ]);
  return say(sentence.key, Object.fromEntries(values));
}

function isSentence(value: string | number | List | Sentence): value is Sentence {
  return typeof value === 'object' && 'of' in value;
}

function runner(key: TextKey, values: SentenceValues = {}): Sentence {
  return { of: 'runner', key, values };
}

/**
 * What is said of a trouble, and what to do about it.
 *
 * @param file the student's, as the student would call it
 * @param steps how many were tried before
 */
export function troubleSentences(
  trouble: Trouble,
  file: string,
  steps = 0,
): { why: Sentence; advice: Sentence } {
  return {
    why: troubleSentence(trouble, steps, file),
    advice: runner(`next.${trouble.kind}`, trouble.values),
  };
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

function troubleSentence(trouble: Trouble, steps: number, path: string): Sentence {
  const { kind, values, line, column } = trouble;
  // of another file, which the student's imports, the trouble says itself which
  const file = String(
    values.file === undefined || values.file === 'exercise.ts' ? path : values.file,
  );
  return runner(`trouble.${kind}`, {
    ...values,
    file,
    place: placeOf(kind, file, line ?? lineOf(values), column),
    step: runner(steps === 0 ? 'report.noStep' : 'report.lastStep'),
  });
}

/** The line of a file that is not the student's. */
function lineOf({ fileLine }: Values): number | null {
  return typeof fileLine === 'number' ? fileLine : null;
}

function placeOf(
  kind: TroubleKind,
  file: string,
  line: number | null,
  column: number | null,
): string | Sentence {
  if (line === null) return file;
  if (kind !== 'syntax') return runner('trouble.place', { file, line: String(line) });
  // as editors link it
  if (column === null) return `${file}:${line}`;
  return runner('trouble.position', { file, line: String(line), column: String(column) });
}

function complaintSentence({ line, column, key, values }: Complaint, file: string): Sentence {
  const place = { file, line: String(line), column: String(column) };
  return runner('types.at', { ...place, complaint: runner(key, values) });
}

/** What differs, or the line of the student's. */
function detailOf({ failed, trouble }: CheckResult, source: string | null): Detail | null {
  if (failed?.bytes) {
    const { field } = failed.bytes;
    return { kind: 'bytes', ...failed.bytes, field: field === null ? null : fieldName(field) };
  }
  if (failed?.compared) {
    const { expected, actual } = failed.compared;
    return { kind: 'values', expected, actual, at: firstDifference(expected, actual) };
  }
  if (trouble === null || trouble.line === null || source === null) return null;
  const { line, column } = trouble;
  const text = source.split(/\r?\n/)[line - 1];
  if (text === undefined) return null;
  const isThere = column !== null && column <= text.length + 1;
  return { kind: 'line', line, column: isThere ? column : null, text };
}

/** In words of RFC 6455 5.2, where it has some. */
function fieldName(field: string): Sentence {
  const key = `field.${field}`;
  return isTextKey(key) ? runner(key) : runner('field.other', { field });
}

/** Never within a character of two halves. */
function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const before = a.codePointAt(at - 1) ?? 0;
  return before > 0xffff ? at - 1 : at;
}
