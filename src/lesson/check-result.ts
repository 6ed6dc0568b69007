/**
 * What came of a check, gathered step by step.
 * @module
 */

import type { Failed, Said } from './checker.js';
import type { Trouble } from './trouble-kind.js';

/** What came of a check. */
export interface CheckResult {
  /** Whether all was as it should be. Otherwise either `failed` or `trouble` says why. */
  readonly passed: boolean;
  /** The expectation that was not met; `failed.why.key` is the misconception. */
  readonly failed: Failed | null;
  /** What kept it from being checked to the end: unfinished, an exception, an endless loop. */
  readonly trouble: Trouble | null;
  /** The last steps, at most {@link KEPT_STEPS}; the last of them is the one that failed. */
  readonly history: readonly Said[];
  /** How many steps there were. */
  readonly steps: number;
  /** What the exercise printed, cut off where it is too much. */
  readonly output: string;
  /** The trace that shows the failure, as NDJSON; null where there is none. */
  readonly trace: string | null;
  /** The event of the trace at which it can be seen, by its `seq`. */
  readonly at: number | null;
  /** A command that shows the bytes of the failure. */
  readonly command: string | null;
}

/** How a check ended. */
export type Ending =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'failed';
      readonly failed: Failed;
      /** As NDJSON; null where there is none. */
      readonly trace: string | null;
      readonly command: string | null;
    }
  | {
      readonly kind: 'trouble';
      readonly trouble: Trouble;
      /** As NDJSON, where it threw in a call. */
      readonly trace?: string | null;
      readonly at?: number | null;
    };

/** How many steps of a history are kept. */
export const KEPT_STEPS = 100;

/** The steps that were seen. */
export class Seen {
  readonly #history: Said[] = [];
  #steps = 0;

  /** How many there were. */
  get steps(): number {
    return this.#steps;
  }

  /** Takes the next. */
  add(step: Said): void {
    this.#steps++;
    this.#history.push(step);
    if (this.#history.length > KEPT_STEPS) this.#history.shift();
  }

  /** What came of it. */
  result(ending: Ending, output: string): CheckResult {
    const isFailed = ending.kind === 'failed';
    const { trace = null } = ending.kind === 'passed' ? {} : ending;
    const at = ending.kind === 'trouble' ? ending.at : isFailed ? ending.failed.at : null;
    return {
      passed: ending.kind === 'passed',
      failed: isFailed ? ending.failed : null,
      trouble: ending.kind === 'trouble' ? ending.trouble : null,
      history: this.#history,
      steps: this.#steps,
      output,
      trace,
      at: at ?? null,
      command: isFailed ? ending.command : null,
    };
  }
}

/** The key of the reason why it did not pass, as it is kept in the progress; null where it did. */
export function failureOf({ passed, failed, trouble }: CheckResult): string | null {
  return passed ? null : (failed?.why.key ?? `trouble.${trouble?.kind}`);
}
