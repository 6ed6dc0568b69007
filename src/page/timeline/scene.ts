/**
 * Where things stand in the picture of a trace, in pixels of the page.
 * @module
 */

import { type Axis, type Span, seenIn } from './axis.js';
import type { Colours } from './colours.js';
import { type Marks, type Place, placesOf } from './marks.js';

/** A trace in the picture. */
export interface Line {
  readonly marks: Marks;
  readonly axis: Axis;
  /** The place of each of its rows. */
  readonly places: Int32Array;
}

/** All that a picture is drawn from. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** One rem in pixels. */
  readonly rem: number;
  /** Pixels of the screen for one of the page. */
  readonly sharpness: number;
  /** The height of a row. */
  readonly rise: number;
  /** How far the rows are scrolled. */
  readonly scrolled: number;
  readonly span: Span;
  /** The trace of the walk, and behind it what is drawn fainter. */
  readonly lines: readonly Line[];
  /** How many rows stand below each other. */
  readonly rows: number;
  readonly colours: Colours;
}

/** The strip on top, with turns and times, in rem. */
export const STRIP = 1.5;

/** Marks with less room than this, in pixels, are drawn as a density. */
const LEAST_ROOM = 3;

/** Lays the rows of several traces out together. */
export function linesOf(drawn: readonly { marks: Marks; axis: Axis }[]): {
  lines: Line[];
  shown: Place[];
} {
  const { places, shown } = placesOf(drawn.map(({ marks }) => marks));
  const lines = drawn.map(({ marks, axis }, i) => ({
    marks,
    axis,
    places: places[i] as Int32Array,
  }));
  return { lines, shown };
}

/** Letters of a wall are this large, in pixels, and then none is smaller than the others (style/tokens.css). */
const WALL = 20;

/** A row's height in rem: thirty fit, and few are not lost in the room. @param rem in pixels */
export function riseOf(rows: number, rem: number): number {
  return Math.min(2, Math.max(rem >= WALL ? 1.25 : 0.875, 15 / rows));
}

/** How large what stands beside is written, in pixels. */
export function letterOf({ rem }: Pick<Scene, 'rem'>): number {
  return rem >= WALL ? rem : 0.75 * rem;
}

export function xOf({ width, span }: Scene, x: number): number {
  return ((x - span.from) / (span.to - span.from)) * width;
}

/** A place on the axis. */
export function unitAt({ width, span }: Pick<Scene, 'width' | 'span'>, px: number): number {
  return span.from + (px / width) * (span.to - span.from);
}

/** The middle of a row. */
export function yOf({ rem, rise, scrolled }: Scene, place: number): number {
  return STRIP * rem + (place + 0.5) * rise - scrolled;
}

/** The row at a height; -1 for none. */
export function placeAt(
  { rem, rise, scrolled, rows }: Pick<Scene, 'rem' | 'rise' | 'scrolled' | 'rows'>,
  py: number,
): number {
  const place = Math.floor((py - STRIP * rem + scrolled) / rise);
  return py < STRIP * rem || place >= rows ? -1 : place;
}

/** The events of a line that are seen, and whether each has room to be a mark. */
export function seenOf(
  { axis }: Line,
  { span, width }: Pick<Scene, 'span' | 'width'>,
): { first: number; last: number; isDense: boolean } {
  const [first, last] = seenIn(axis, span);
  return { first, last, isDense: (last - first) * LEAST_ROOM > width };
}

/** Whether a place stands on the strip. */
export const isOnStrip = ({ rem }: Pick<Scene, 'rem'>, py: number): boolean => py < STRIP * rem;
