/**
 * Which mark is meant by a place of the picture.
 * @module
 */

import { type Axis, firstAt } from './axis.js';
import type { Marks } from './marks.js';

/** So many events to either side are looked at: at one moment there may be thousands. */
const MOST_LOOKED_AT = 2_000;

/**
 * The event that is meant: of the row that was pointed at the nearest, where one is near; else the
 * nearest of all.
 *
 * @param x a place on the axis
 * @param near how far off one of the row may be, in units of the axis
 * @param place the row's place; -1 for none
 * @returns its index; null in an empty trace
 */
export function hitAt(
  marks: Marks,
  axis: Axis,
  places: Int32Array,
  x: number,
  near: number,
  place: number,
): number | null {
  const { xs } = axis;
  if (xs.length === 0) return null;
  const at = firstAt(xs, x);
  const distance = (i: number): number => Math.abs((xs[i] as number) - x);
  const before = Math.max(0, at - 1);
  const nearest = at < xs.length && distance(at) < distance(before) ? at : before;
  let [best, least] = [nearest, Number.POSITIVE_INFINITY];
  const look = (i: number): boolean => {
    if (i < 0 || i >= xs.length || distance(i) > near) return false;
    const isOfRow = places[marks.rowOf[i] as number] === place;
    if (isOfRow && distance(i) < least) [best, least] = [i, distance(i)];
    return true;
  };
  for (let i = at; i < at + MOST_LOOKED_AT && look(i); i++);
  for (let i = at - 1; i > at - MOST_LOOKED_AT && look(i); i--);
  return best;
}

/**
 * The next event of the same row as an event's, on or back.
 *
 * @param by 1 or -1
 * @returns its index; null where there is none
 */
export function nextOfRow({ rowOf, events }: Marks, index: number, by: 1 | -1): number | null {
  const row = rowOf[index];
  for (let i = index + by; i >= 0 && i < events.length; i += by) if (rowOf[i] === row) return i;
  return null;
}

/** The index of the event that is last at or before a place. */
export function stepAt(axis: Axis, x: number): number {
  const at = firstAt(axis.xs, x);
  return Math.max(0, axis.xs[at] === x ? at : at - 1);
}
