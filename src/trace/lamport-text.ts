/**
 * A Lamport diagram as characters, for a terminal.
 * @module
 */

import stringWidth from 'string-width';
import type { Language } from '../texts/language.js';
import { cut } from './columns.js';
import type { TraceEvent } from './event.js';
import { Diagram } from './lamport.js';
import { type MachineEvent, type Machines, MachinesDiagram } from './lamport-machines.js';
import { type Lane, labelOf, type Row, SIGNS } from './lamport-rows.js';
import { diagramIn } from './lamport-says.js';
import type { Board } from './lamport-side.js';

/** How a Lamport diagram is written on a terminal. */
export interface LamportTextOptions {
  /** Columns; no line is wider. Default 80. */
  width?: number;
  /** What is said in; names, and what stood on the wire, stay as they were. Default English. */
  language?: Language;
}

/**
 * Draws a trace as a Lamport diagram of characters: turn, lanes, and what is said.
 *
 * Clients for whom there is no room share the last lane. A line that is dotted is that of a client
 * who has left, and whose last bytes wait.
 *
 * @param events a trace, or a part of one
 * @returns lines, each with its newline; safe for a terminal
 */
export function lamportText(
  events: readonly TraceEvent[],
  options: LamportTextOptions = {},
): string {
  const turnWord = diagramIn(options.language)('turn');
  return drawn(new Diagram(events, options.language), turnWord, ({ turn }) => `${turn}`, options);
}

/**
 * Draws several machines as one Lamport diagram: milliseconds, lanes, and what is said.
 *
 * @param events in the order in which they happened
 * @returns lines, as `lamportText` does
 */
export function machinesText(
  events: readonly MachineEvent[],
  machines: Machines,
  options: LamportTextOptions = {},
): string {
  const diagram = new MachinesDiagram(events, machines, options.language);
  return drawn(diagram, 'ms', ({ t }) => t.toFixed(1), options);
}

/** @param when what stands before a row, where it is not that of the row before */
function drawn(
  { rows, lanes }: Board,
  title: string,
  when: (row: Row) => string,
  { width = 80, language }: LamportTextOptions,
): string {
  const say = diagramIn(language);
  const last = rows.at(-1);
  const widest = Math.max(stringWidth(title), last === undefined ? 1 : when(last).length);
  const gutter = Math.max(4, widest) + 1;
  const room = width - gutter - Math.floor(width * 0.4); // the rest is for what is said
  const shown = Math.min(lanes.length, Math.max(2, Math.floor(room / 6)));
  const pitch = Math.max(4, Math.min(14, Math.floor(room / shown)));
  const place = (lane: number): number => Math.min(lane, shown - 1);
  const x = (lane: number): number => place(lane) * pitch + (pitch >> 1);

  const names = lanes.slice(0, shown).map(({ name }) => name);
  if (shown < lanes.length) names[shown - 1] = `+${lanes.length - shown + 1}`;
  const lines = [
    title +
      ' '.repeat(gutter - stringWidth(title)) +
      names.map((name) => centred(name, pitch)).join(''),
  ];
  for (const [y, row] of rows.entries()) {
    const cells = drawRow(row, y, lanes, x, shown * pitch);
    const before = rows[y - 1];
    const time = before !== undefined && when(before) === when(row) ? '' : when(row);
    const who = row.lanes.length === 1 && (row.lanes[0] ?? 0) >= shown - 1 && shown < lanes.length;
    const says = who
      ? say('row.of', { name: lanes[row.lanes[0] ?? 0]?.name ?? '', says: row.says })
      : row.says;
    const space = width - gutter - cells.length - 1;
    lines.push(
      `${time.padStart(gutter - 1)} ${cells.join('')} ${labelOf({ ...row, says }, space)}`,
    );
  }
  return lines.map((line) => `${cut(line.trimEnd(), width)}\n`).join('');
}

function centred(name: string, columns: number): string {
  const text = cut(name, columns - 1);
  const space = columns - stringWidth(text);
  return ' '.repeat(space >> 1) + text + ' '.repeat(space - (space >> 1));
}

/** The lanes of one row, one character a cell. */
function drawRow(
  { kind, way, home, lanes: touched }: Row,
  y: number,
  lanes: readonly Lane[],
  x: (lane: number) => number,
  columns: number,
): string[] {
  const cells = Array<string>(columns).fill(' ');
  for (const [i, { from, left, gone }] of lanes.entries()) {
    if (y >= from && y < gone) cells[x(i)] = y > left ? '┊' : '│';
  }
  const ends = touched.map(x);
  if (way === 'mark') {
    for (const end of ends) cells[end] = SIGNS[kind];
    return cells;
  }
  if (ends.length === 0) return cells; // said to nobody
  const start = x(home);
  const [low, high] = [Math.min(start, ...ends), Math.max(start, ...ends)];
  for (let i = low + 1; i < high; i++) {
    if (i !== start) cells[i] = cells[i] === ' ' ? '─' : '┼';
  }
  const isLeft = low < start; // of a server in the middle, all whom a row is about are on one side
  if (way === 'in') {
    cells[start + (isLeft ? -1 : 1)] = isLeft ? '▶' : '◀';
    const [corner, tee] = isLeft ? ['┌', '├'] : ['┐', '┤'];
    cells[isLeft ? low : high] = kind === 'connect' ? corner : tee;
    return cells;
  }
  cells[start] = isLeft ? '┤' : '├';
  for (const end of ends) cells[end + (isLeft ? 1 : -1)] = isLeft ? '◀' : '▶';
  return cells;
}
