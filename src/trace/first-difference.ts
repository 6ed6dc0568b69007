/**
 * Where two traces of simulated runs part that began alike, as a run and its fork do. What the clients
 * did is left out: that is why they part.
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

/** The first step that is another one; where there is none, the first that comes at another time; null for neither. */
export function firstDifference(
  left: readonly TraceEvent[],
  right: readonly TraceEvent[],
): FirstDifference | null {
  let [i, j] = [0, 0];
  let ofTime: FirstDifference | null = null;
  for (;;) {
    while (left[i]?.step === 'act') i++;
    while (right[j]?.step === 'act') j++;
    const [a, b] = [left[i], right[j]];
    if (a === undefined && b === undefined) return ofTime;
    if (a === undefined || b === undefined) {
      return { left: a === undefined ? null : i, right: b === undefined ? null : j, isTime: false };
    }
    if (!isSameStep(a, b)) return { left: i, right: j, isTime: false };
    if (a.t !== b.t) ofTime ??= { left: i, right: j, isTime: true };
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
