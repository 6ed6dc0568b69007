/**
 * Holds an exercise that has been loaded against its lesson's check, and says what came of it. The same
 * in a process of Node and in a worker of a page.
 * @module
 */

import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { formatEvent } from '../trace/ndjson.js';
import { Calls } from './calls.js';
import type { Ending } from './check-result.js';
import { type Check, Checker, type CheckFailure, type Failed, type Said } from './checker.js';
import { demanding, type Module, NotExported, type Stacks, troubleOf } from './trouble.js';
import type { Trouble } from './trouble-kind.js';

/** What came of it. */
export type Verdict =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      readonly failed: Failed;
      readonly trace: readonly TraceEvent[] | null;
      readonly command: string | null;
    }
  | {
      readonly kind: 'trouble';
      readonly trouble: Trouble;
      /** The calls up to where it threw; null for none. */
      readonly trace: readonly TraceEvent[] | null;
      /** The event at which it threw, by its `seq`. */
      readonly at: number | null;
    };

/** What belongs to a lesson. */
export interface Loaded {
  readonly check: Check<Module>;
  /** The exercise as it was handed out: says what is to be exported. */
  readonly original: Module;
}

/** How it is judged. */
export interface Judging {
  /** The number of the lesson. */
  readonly lesson: number;
  /** Loads what belongs to the lesson. */
  readonly load: () => Promise<Loaded>;
  readonly stacks: Stacks;
  /** What values are shown in. Default English. */
  readonly language?: Language | undefined;
  /** Is told each step before it is tried. */
  readonly onStep: (step: Said) => void;
  /** Waits until all that is due now has run: then one is told of a promise that was rejected and left alone. */
  readonly settled: () => Promise<void>;
}

/** Judges it. @param exercise what the student's file exports */
export async function judge(exercise: Module, judging: Judging): Promise<Verdict> {
  const { lesson, load, stacks, language, onStep, settled } = judging;
  const calls = new Calls(lesson);
  const checker = new Checker((step) => {
    calls.begin();
    onStep(step);
  }, language);
  try {
    const { check, original } = await load();
    await check(calls.of(demanding(exercise, original, stacks.file), checker), checker);
    await settled();
    if (checker.failure !== null) throw checker.failure; // the exercise has caught it
    return { kind: 'passed' };
  } catch (thrown) {
    const error = checker.failure ?? thrown; // what came of a failure that was caught is no news
    if (error instanceof NotExported) {
      return { kind: 'trouble', trouble: error.trouble, trace: null, at: null };
    }
    if (!isFailure(error)) {
      const trouble = troubleOf(error, stacks);
      const told = trouble.kind === 'todo' ? { trace: null, at: null } : calls.told(checker, null);
      return { kind: 'trouble', trouble, ...told };
    }
    await settled(); // an async function that threw gives a promise that no check expects
    const { trace, at } = calls.told(checker, error);
    return { kind: 'failed', failed: { ...error.failed, at }, trace, command: checker.command };
  }
}

/** A verdict with its trace as text. */
export function toldVerdict(verdict: Verdict): Ending {
  if (verdict.kind === 'passed') return verdict;
  const { trace } = verdict;
  const text = trace === null ? null : trace.map((event) => `${formatEvent(event)}\n`).join('');
  return { ...verdict, trace: text };
}

/** By name: the exercise may hold a second copy of this package. */
function isFailure(error: unknown): error is CheckFailure {
  return error instanceof Error && error.name === 'CheckFailure';
}
