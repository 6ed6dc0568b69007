/**
 * Where two traces of simulated runs part that began alike, as a run and its fork do. Nothing is left
 * out but what the clients did, which is why they part: a step that comes later is a difference too.
 * @module
 */

import type { TraceEvent } from './event.js';

/** Where they part. */
export interface FirstDifference {
  /** The index in the left trace; null where it has ended. */
  readonly left: number | null;
  /** The same of the right one. */
  readonly right: number | null;
  /** Whether it is the same step, and only its time differs. */
  readonly isTime: boolean;
}

/** The first difference; null where there is none. */
export function firstDifference(
  left: readonly TraceEvent[],
  right: readonly TraceEvent[],
): FirstDifference | null {
  let [i, j] = [0, 0];
  for (;;) {
    while (left[i]?.step === 'act') i++;
    while (right[j]?.step === 'act') j++;
    const [a, b] = [left[i], right[j]];
    if (a === undefined && b === undefined) return null;
    if (a === undefined || b === undefined) {
      return { left: a === undefined ? null : i, right: b === undefined ? null : j, isTime: false };
    }
    const isTime = isSameStep(a, b);
    if (!isTime || a.t !== b.t) return { left: i, right: j, isTime };
    i++;
    j++;
  }
}

/** Beside the step itself: where it stands, and when. */
const STAMP = new Set(['v', 'seq', 'turn', 't']);

function isSameStep(a: TraceEvent, b: TraceEvent): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)].filter((key) => !STAMP.has(key)));
  return [...keys].every((key) =>
    isSame((a as unknown as Fields)[key], (b as unknown as Fields)[key]),
  );
}

type Fields = Readonly<Record<string, unknown>>;

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) {
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
  }
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
