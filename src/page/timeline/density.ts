/**
 * What is drawn where marks have no room each: how much each row had, column by column, as a picture of
 * few points. What came in stands above the row's line, what went out below it; who came, who left and
 * what failed is never lost among the others.
 * @module
 */

import { type Axis, type Span, seenIn } from './axis.js';
import { KINDS, type Kind, type Marks } from './marks.js';

/** Counts by place, column and kind. */
export interface Density {
  readonly columns: number;
  readonly places: number;
  /** `(place * columns + column) * KINDS.length + kind`. */
  readonly counts: Uint32Array;
}

/**
 * Counts the events of a part of the axis.
 *
 * @param places where each row stands, -1 for nowhere (`placesOf`)
 * @param height how many places there are
 */
export function densityOf(
  marks: Marks,
  axis: Axis,
  span: Span,
  columns: number,
  places: Int32Array,
  height: number,
): Density {
  const counts = new Uint32Array(height * columns * KINDS.length);
  const [first, last] = seenIn(axis, span);
  const scale = columns / (span.to - span.from);
  const { xs } = axis;
  const { rowOf, kindOf } = marks;
  for (let i = first; i < last; i++) {
    const place = places[rowOf[i] as number] as number;
    if (place < 0) continue;
    const column = Math.min(columns - 1, (((xs[i] as number) - span.from) * scale) | 0);
    (counts[(place * columns + column) * KINDS.length + (kindOf[i] as number)] as number)++;
  }
  return { columns, places: height, counts };
}

/** The colours of kinds as points of a picture, 0xAABBGGRR. */
export type Inks = Readonly<Record<Kind, number>>;

/** Up from the row's line, down from it, or over its whole height. */
const UP: readonly Kind[] = ['in', 'inner', 'outside'];
const DOWN: readonly Kind[] = ['out', 'turn'];
const WHOLE: readonly Kind[] = ['join', 'leave', 'fault'];

/** The kinds that stand one upon the other, as indexes. */
const indexes = (kinds: readonly Kind[]): number[] => kinds.map((kind) => KINDS.indexOf(kind));
const [UPS, DOWNS, WHOLES] = [indexes(UP), indexes(DOWN), indexes(WHOLE)];

/**
 * Draws the counts: each column one point wide, each place `rise` points high; unset points stay clear.
 *
 * @param points a picture of `columns` by `places * rise` points, clear
 */
export function paintDensity(
  { columns, places, counts }: Density,
  points: Uint32Array,
  rise: number,
  inks: Inks,
): void {
  const half = rise / 2;
  const heights = heightsUpTo(mostOf(counts), half - 1);
  const heightOf = (n: number): number => heights[n] as number;
  const ink = KINDS.map((kind) => inks[kind]);
  for (let place = 0; place < places; place++) {
    const middle = Math.floor(place * rise + half);
    for (let column = 0; column < columns; column++) {
      const at = (place * columns + column) * KINDS.length;
      let y = middle;
      for (const kind of UPS) {
        const top = y - heightOf(counts[at + kind] as number);
        const end = Math.max(place * rise, top);
        while (y > end) points[--y * columns + column] = ink[kind] as number;
      }
      y = middle;
      for (const kind of DOWNS) {
        const end = Math.min((place + 1) * rise, y + heightOf(counts[at + kind] as number));
        while (y < end) points[y++ * columns + column] = ink[kind] as number;
      }
      for (const kind of WHOLES) {
        if (counts[at + kind] === 0) continue;
        for (y = place * rise + 1; y < (place + 1) * rise - 1; y++) {
          points[y * columns + column] = ink[kind] as number;
        }
      }
    }
  }
}

/** How high so many stand, as their logarithm; whatever is there is seen. */
function heightsUpTo(most: number, highest: number): Uint16Array {
  const scale = highest / Math.log1p(most);
  return Uint16Array.from({ length: most + 1 }, (_, n) =>
    n === 0 ? 0 : Math.max(1, Math.round(scale * Math.log1p(n))),
  );
}

function mostOf(counts: Uint32Array): number {
  let most = 1;
  for (let i = 0; i < counts.length; i++)
    if ((counts[i] as number) > most) most = counts[i] as number;
  return most;
}
