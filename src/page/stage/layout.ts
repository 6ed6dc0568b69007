/**
 * Where everything on the stage stands, in rem, so that a presenter's letters fit. Bytes go one way: from
 * the left through the ring to the right. Where there is no room for that, the ring stands beside or above
 * the lanes, and both pipes of a lane in one row.
 * @module
 */

import type { Place, Stage } from './model.js';

/** A point. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A stretch from left to right. */
export interface Stretch {
  readonly x: number;
  readonly width: number;
}

/** The places. */
export interface Layout {
  readonly form: 'wide' | 'beside' | 'stacked';
  readonly width: number;
  readonly height: number;
  /** The size of letters. */
  readonly letter: number;
  /** The ring. */
  readonly ring: Point & { readonly radius: number };
  /** The middle of the first row. */
  readonly firstRow: number;
  readonly row: number;
  /** Stretches of a row. */
  readonly name: Stretch;
  readonly queue: Stretch;
  readonly outbox: Stretch;
  /** The name again where the bytes go; null where one name stands for both pipes. */
  readonly peer: Stretch | null;
  /** Columns of lamps. */
  readonly read: number;
  readonly write: number;
}

const RADIUS = 5.2;
const ROW = 2.25;
/** Above and below the ring: a label each. */
const LABEL = 2;
const HEADING = 1.6;
const LAMP = 1.5;

/** Fewest rem for the ring between the lanes, and beside them. */
const WIDE = 52;
const BESIDE = 33;

/** Rows that are drawn at most. */
export function mostRows(width: number): number {
  return width < BESIDE ? 5 : 7;
}

/** @param width rem; @param rows as many as the whole trace needs, so that nothing moves when one comes */
export function layoutOf(width: number, rows: number, letter: number): Layout {
  if (width >= WIDE) return wide(width, rows, letter);
  const isBeside = width >= BESIDE;
  const radius = isBeside ? 4.3 : Math.min(4, width / 2 - 0.8 - letter * 6);
  const ringHeight = 2 * (radius + LABEL);
  const half = radius + 0.8 + letter * 6;
  const x = isBeside ? 2 * half : 0;
  const lanes = HEADING + rows * ROW;
  const height = isBeside ? Math.max(ringHeight, lanes) : ringHeight + 0.5 + lanes;
  const top = isBeside ? (height - lanes) / 2 : ringHeight + 0.5;
  const pipe = Math.max(3, (width - x) * 0.3 - LAMP);
  const nameX = x + pipe + LAMP;
  const nameWidth = width - pipe - LAMP - nameX;
  return {
    form: isBeside ? 'beside' : 'stacked',
    width,
    height,
    letter,
    ring: { x: isBeside ? half : width / 2, y: isBeside ? height / 2 : ringHeight / 2, radius },
    firstRow: top + HEADING + ROW / 2,
    row: ROW,
    queue: { x, width: pipe },
    read: x + pipe + LAMP / 2,
    name: { x: nameX, width: nameWidth },
    write: width - pipe - LAMP / 2,
    outbox: { x: width - pipe, width: pipe },
    peer: null,
  };
}

/** Room for what the program holds of a frame that is not whole, beside the lamp of its lane. */
export function heldWidth(width: number): number {
  return width < 70 ? 2.4 : 3.6;
}

function wide(width: number, rows: number, letter: number): Layout {
  const lanes = HEADING + rows * ROW;
  const height = Math.max(2 * (RADIUS + LABEL), lanes + 0.4);
  const held = heldWidth(width);
  const half = RADIUS + 0.8 + letter * 6.4 + held - 1;
  const side = width / 2 - half;
  const name = Math.min(12, Math.max(letter * 7.5, side * 0.34));
  const pipe = side - name - LAMP;
  return {
    form: 'wide',
    width,
    height,
    letter,
    ring: { x: width / 2, y: height / 2, radius: RADIUS },
    firstRow: (height - lanes) / 2 + HEADING + ROW / 2,
    row: ROW,
    name: { x: 0, width: name },
    queue: { x: name, width: pipe },
    read: name + pipe + LAMP / 2,
    write: width - name - pipe - LAMP / 2,
    outbox: { x: width - name - pipe, width: pipe },
    peer: { x: width - name, width: name },
  };
}

/** Degrees on the ring, clockwise from its top: what comes in is left, what goes out right. */
const ANGLES: Record<Place, number> = {
  start: 180,
  select: 180,
  accept: 240,
  recv: 240,
  handshake: 300,
  parse: 300,
  deal: 360,
  broadcast: 420,
  send: 480,
};

/** Where a place is on the ring, in degrees: 180 to 480. */
export function angleOf(place: Place): number {
  return ANGLES[place];
}

/** The point of a place. @param out rem further from the middle */
export function pointOf({ ring }: Layout, place: Place, out = 0): Point {
  const angle = (ANGLES[place] * Math.PI) / 180;
  const radius = ring.radius + out;
  return { x: ring.x + Math.sin(angle) * radius, y: ring.y - Math.cos(angle) * radius };
}

/** The middle of a row, from 0. */
export function rowY({ firstRow, row }: Layout, i: number): number {
  return firstRow + i * row;
}

/** The row of each lane: they stand in the middle of the rows that the trace needs. */
export function rowsOf({ lanes, fold, rows }: Stage): { first: number; fold: number } {
  const used = lanes.length + (fold === null ? 0 : 1);
  const first = Math.max(0, (rows - used) / 2);
  return { first, fold: first + lanes.length };
}
