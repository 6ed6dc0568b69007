/**
 * What a lesson's check works with. A check says step by step what it tries, and the first
 * expectation that is not met ends it with a failure: the steps so far, the first byte that differs,
 * and the misconception that leads there. Prints nothing; every text is a key of the lesson's
 * messages.
 * @module
 */

import { toHex } from '../bytes.js';
import { hasProblems, inspect } from '../inspect/inspect.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { rig } from '../texts/rig.en.js';
import { rig as rigZh } from '../texts/rig.zh.js';
import { type Say, speaker } from '../texts/say.js';
import type { TraceEvent } from '../trace/event.js';
import { deepEqual } from './equal.js';
import { SHOWN_BYTES, shown } from './shown.js';

/** What stands in a message for `{name}`. */
export type Values = Readonly<Record<string, string | number>>;

/** A text by its key in the lesson's messages, and what stands in it. */
export interface Said {
  /** The key. */
  readonly key: string;
  /** The values for `{name}`. */
  readonly values: Values;
}

/** Two values that should have been equal, as they are shown. */
export interface Compared {
  /** What was expected. */
  readonly expected: string;
  /** What the exercise gave. */
  readonly actual: string;
}

/** Where bytes differ first. */
export interface ByteDifference {
  /** From the first byte on. */
  readonly offset: number;
  /** The parser's name of the field that the expected byte belongs to; null where they are no frame and no handshake. */
  readonly field: string | null;
  /** The expected bytes from there on, in hex; empty where no more was expected. */
  readonly expected: string;
  /** The bytes that were there. */
  readonly actual: string;
}

/** Why a check failed. */
export interface Failed {
  /** The misconception, or what else went wrong. */
  readonly why: Said;
  /** Two values, where some were compared. */
  readonly compared: Compared | null;
  /** The first byte that differs, where bytes were compared. */
  readonly bytes: ByteDifference | null;
  /** The event of the trace at which it can be seen, by its `seq`; null where there is no trace. */
  readonly at: number | null;
}

/** Two values that should have been equal. */
interface Held {
  readonly actual: unknown;
  readonly expected: unknown;
}

/** Ends a check: an expectation was not met. */
export class CheckFailure extends Error {
  /** `CheckFailure`. */
  override readonly name = 'CheckFailure';
  /** What it says. */
  readonly failed: Failed;
  /** The two values themselves, where some were compared. @internal */
  held: Held | null = null;

  constructor(why: Said, detail: Partial<Omit<Failed, 'why'>> = {}) {
    super(why.key);
    this.failed = { compared: null, bytes: null, at: null, ...detail, why };
  }
}

/** Thrown by what a student has still to write. */
export class Todo extends Error {
  /** `Todo`. */
  override readonly name = 'Todo';
}

/** Stands in an exercise for what is to be written. @throws Todo, which a check reports kindly */
export function todo(what: string): never {
  throw new Todo(what);
}

/**
 * Given to a lesson's check.
 *
 * ```ts
 * import { Checker, CheckFailure } from 'loopscope/lesson';
 *
 * const t = new Checker(({ key, values }) => console.log(key, values.n)); // step.double 21
 * t.step('step.double', { n: 21 });
 * try {
 *   t.equal(21 + 2, 42, 'wrong.add-two');
 * } catch (error) {
 *   if (error instanceof CheckFailure) console.log(error.failed.why.key); // wrong.add-two
 * }
 * ```
 */
export class Checker {
  readonly #onStep: (step: Said) => void;
  readonly #say: Say<keyof typeof rig>;
  /** The trace in which the last thing that was tried can be seen; the stepper replays it. */
  trace: readonly TraceEvent[] | null = null;
  /** The event of the trace at which the stepper opens, by its `seq`; null for the last that there is. */
  at: number | null = null;
  /** A command that shows the last thing that was tried, where no trace does. */
  command: string | null = null;
  /** The first expectation that was not met, even if the exercise has caught the error; null for none. */
  failure: CheckFailure | null = null;

  /**
   * @param onStep is told each step before it is tried
   * @param language in which values are shown that have no way to be written in TypeScript
   */
  constructor(onStep: (step: Said) => void, language: Language = DEFAULT_LANGUAGE) {
    this.#onStep = onStep;
    this.#say = speaker({ en: rig, zh: rigZh }, language, { grouping: false });
  }

  /**
   * Says what is tried next. The steps so far are the history that a failure shows.
   *
   * @param key of the lesson's messages
   */
  step(key: string, values: Values = {}): void {
    this.trace = null;
    this.at = null;
    this.command = null;
    this.#onStep({ key, values });
  }

  /** Gives up. @param why the misconception, a key of the lesson's messages */
  fail(why: string, values: Values = {}): never {
    this.#end({ key: why, values });
  }

  /** Goes on only if something is so. */
  expect(condition: boolean, why: string, values: Values = {}): asserts condition {
    if (!condition) this.fail(why, values);
  }

  /** Goes on only if two values are equal, as {@link deepEqual} says. */
  equal(actual: unknown, expected: unknown, why: string, values: Values = {}): void {
    if (deepEqual(actual, expected)) return;
    const compared = this.#compared(expected, actual);
    this.#end({ key: why, values }, { compared }, { actual, expected });
  }

  /**
   * Goes on only if bytes are these.
   *
   * @param actual what the exercise gave: anything else than bytes fails too
   * @param field names the field that an expected byte belongs to; by default the parser does, where
   *   these are whole frames or a handshake
   */
  bytes(
    actual: unknown,
    expected: Uint8Array,
    why: string,
    values: Values = {},
    field: (offset: number) => string | null = (offset) => fieldAt(expected, offset),
  ): void {
    if (!(actual instanceof Uint8Array)) {
      const compared = this.#compared(expected, actual);
      this.#end({ key: why, values }, { compared }, { actual, expected });
    }
    const offset = firstDifference(actual, expected);
    if (offset === -1) return;
    const from = (bytes: Uint8Array): string =>
      toHex(bytes.subarray(offset, offset + SHOWN_BYTES)).replace(/..(?=.)/g, '$& ');
    const bytes = {
      offset,
      field: field(offset),
      expected: from(expected),
      actual: from(actual),
    };
    this.#end({ key: why, values }, { bytes }, { actual, expected });
  }

  #compared(expected: unknown, actual: unknown): Compared {
    return { expected: shown(expected, this.#say), actual: shown(actual, this.#say) };
  }

  /** A check may be in the middle of the exercise, whose own `catch` must not make it pass. */
  #end(
    why: Said,
    detail: Partial<Omit<Failed, 'why' | 'at'>> = {},
    held: Held | null = null,
  ): never {
    const at = this.at ?? this.trace?.at(-1)?.seq ?? null;
    if (this.failure === null) {
      this.failure = new CheckFailure(why, { ...detail, at: this.trace === null ? null : at });
      this.failure.held = held;
    }
    throw this.failure;
  }
}

/** A lesson's check: the default export of its check.ts. @param Exercise what exercise.ts exports */
export type Check<Exercise> = (exercise: Exercise, t: Checker) => void | Promise<void>;

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return i;
  return -1;
}

/** The parser's name of the field that a byte of a frame or a handshake belongs to; null for bytes that are none. */
function fieldAt(bytes: Uint8Array, offset: number): string | null {
  const inspection = inspect(bytes);
  const { frames, handshakes } = inspection;
  if (inspection.rest !== null || hasProblems(inspection)) return null;
  for (const { spans } of [...handshakes, ...frames]) {
    const span = spans.find(({ start, end }) => start <= offset && offset < end);
    if (span !== undefined) return span.field;
  }
  return null;
}
