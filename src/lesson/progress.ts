/**
 * What a student has done, as it is kept in progress.json and in the page. It stays on this machine
 * but where its student is in a class: then the teacher's machine is told.
 * @module
 */

import * as v from 'valibot';
import { cut } from '../trace/columns.js';
import { FileError } from './file-error.js';

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Of what is said about a file that is wrong. */
const MOST_COLUMNS = 160;

/** Each is kept once, so that there are never more than a lesson has. */
const MOST_HINTS = 100;

const LessonSchema = v.object({
  prediction: v.nullable(v.object({ given: v.string(), right: v.boolean() })),
  begun: v.boolean(),
  checks: Count,
  passed: v.boolean(),
  failures: v.record(v.string(), Count),
  hints: v.pipe(v.array(Count), v.maxLength(MOST_HINTS)),
});

const FileSchema = v.object({
  version: v.literal(1),
  route: v.optional(v.string()),
  lessons: v.record(v.pipe(v.string(), v.regex(/^\d{1,2}$/)), LessonSchema),
});

/** What was done in one lesson. */
export interface LessonProgress {
  /** The first answer to its question, which is the one that counts; null when none was given. */
  prediction: { given: string; right: boolean } | null;
  /** Whether its demo ran to the end here, behind its question, or its exercise was checked. */
  begun: boolean;
  /** How often its exercise was checked. */
  checks: number;
  /** Whether it passed once. */
  passed: boolean;
  /** How often a check failed, by the key of the reason. */
  failures: Record<string, number>;
  /** The hints that were asked for, in order, each once. */
  hints: number[];
}

const NOTHING: Readonly<LessonProgress> = {
  prediction: null,
  begun: false,
  checks: 0,
  passed: false,
  failures: {},
  hints: [],
};

/** What a student has done. */
export class Progress {
  /** The name of the route that is followed; undefined where there is none. */
  route: string | undefined;
  readonly #lessons: Map<number, LessonProgress>;

  constructor(lessons: ReadonlyMap<number, LessonProgress> = new Map(), route?: string) {
    this.#lessons = new Map(lessons);
    this.route = route;
  }

  /** What was done in a lesson; nothing, if it was not touched. */
  of(number: number): Readonly<LessonProgress> {
    return this.#lessons.get(number) ?? NOTHING;
  }

  /** Keeps that a demo ran to its end. */
  begin(number: number): void {
    this.#change(number).begun = true;
  }

  /** Keeps an answer, if it is the first. */
  predict(number: number, given: string, right: boolean): void {
    this.#change(number).prediction ??= { given, right };
  }

  /** Keeps what came of a check. @param failure the key of the reason; null when it passed */
  check(number: number, failure: string | null): void {
    const lesson = this.#change(number);
    lesson.begun = true;
    lesson.checks++;
    if (failure === null) lesson.passed = true;
    else lesson.failures[failure] = countOf(lesson, failure) + 1;
  }

  /** Keeps that a hint was read. */
  hint(number: number, hint: number): void {
    const lesson = this.#change(number);
    if (!lesson.hints.includes(hint)) lesson.hints.push(hint);
  }

  /** Whether all that another says was done was done here too: then it may be an older copy. */
  holds(other: Progress): boolean {
    return [...other.#lessons].every(([number, earlier]) => isHeldBy(this.of(number), earlier));
  }

  /** As it stands in the file. */
  toText(): string {
    const numbers = [...this.#lessons.keys()].sort((a, b) => a - b);
    const lessons = Object.fromEntries(numbers.map((n) => [String(n), this.#lessons.get(n)]));
    return `${JSON.stringify({ version: 1, route: this.route, lessons }, null, 2)}\n`;
  }

  #change(number: number): LessonProgress {
    const lesson = this.#lessons.get(number) ?? structuredClone(NOTHING);
    this.#lessons.set(number, lesson);
    return lesson;
  }
}

/** How often a check failed for a reason, which may be called `constructor`. */
function countOf({ failures }: Readonly<LessonProgress>, key: string): number {
  return Object.hasOwn(failures, key) ? (failures[key] ?? 0) : 0;
}

function isHeldBy(later: Readonly<LessonProgress>, earlier: Readonly<LessonProgress>): boolean {
  const { prediction, failures, hints } = earlier;
  return (
    (prediction === null || prediction.given === later.prediction?.given) &&
    (later.begun || !earlier.begun) &&
    later.checks >= earlier.checks &&
    (later.passed || !earlier.passed) &&
    Object.entries(failures).every(([key, count]) => countOf(later, key) >= count) &&
    hints.every((hint, i) => later.hints[i] === hint)
  );
}

/** Reads what stands in a file. @throws Error that says what is wrong with it, in one line */
export function parseProgress(text: string): Progress {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new FileError('file.notJson');
  }
  const { success, issues, output } = v.safeParse(FileSchema, json);
  if (!success) {
    const [issue] = issues;
    const path = v.getDotPath(issue);
    const { message } = issue;
    // it quotes keys and values
    if (path === null)
      throw new FileError('file.wrong.all', { message: cut(message, MOST_COLUMNS - 10) });
    throw new Error(cut(`${path}: ${message}`, MOST_COLUMNS));
  }
  return new Progress(
    new Map(Object.entries(output.lessons).map(([n, done]) => [Number(n), done])),
    output.route,
  );
}
