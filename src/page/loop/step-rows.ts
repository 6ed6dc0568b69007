/**
 * The rows of the list of steps: a broadcast and the sends behind it are one, so that what thirty
 * clients hear does not push all else out of sight. Where the walk stands within, all are seen.
 * @module
 */

import type { TraceEvent } from '../../trace/event.js';

/** One row: a step, or several that belong together. Positions are from 1. */
export interface StepRow {
  /** Its first step. */
  readonly from: number;
  /** Its last step. */
  readonly to: number;
}

/** So many sends in a row are folded. */
const FEWEST = 3;

/** The rows of a trace, all folded. */
export function foldedRows(events: readonly TraceEvent[]): StepRow[] {
  const rows: StepRow[] = [];
  for (let i = 0; i < events.length; ) {
    const first = i + (events[i]?.step === 'broadcast' ? 1 : 0);
    let end = first;
    while (events[end]?.step === 'send' && events[end]?.turn === events[i]?.turn) end++;
    if (end - first < FEWEST) end = i + 1;
    rows.push({ from: i + 1, to: end });
    i = end;
  }
  return rows;
}

/** The row of a position; -1 for none. */
export function rowOf(rows: readonly StepRow[], position: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.from ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The rows with one of them unfolded. @param at its index; a row of one step stays as it is */
export function unfolded(rows: readonly StepRow[], at: number): readonly StepRow[] {
  const row = rows[at];
  if (row === undefined || row.from === row.to) return rows;
  const steps = Array.from({ length: row.to - row.from + 1 }, (_, i) => row.from + i);
  return rows.toSpliced(at, 1, ...steps.map((step) => ({ from: step, to: step })));
}
