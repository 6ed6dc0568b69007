/**
 * A Lamport diagram as SVG, for a page or for print.
 * @module
 */

import stringWidth from 'string-width';
import { DEFAULT_LANGUAGE, type Language, tagOf } from '../texts/language.js';
import { cut } from './columns.js';
import type { TraceEvent } from './event.js';
import { Diagram } from './lamport.js';
import { type MachineEvent, type Machines, MachinesDiagram } from './lamport-machines.js';
import { type Kind, type Lane, labelOf, type Row, SIGNS } from './lamport-rows.js';
import { type DiagramSay, diagramIn } from './lamport-says.js';
import type { Board } from './lamport-side.js';
import { printable } from './text.js';

/** Dark enough for white letters on them, and as text on white (WCAG 1.4.3: 4.5 to 1). */
const COLOURS: Record<Kind, string> = {
  connect: '#1b6e3c',
  handshake: '#1b6e3c',
  recv: '#0b5cad',
  broadcast: '#8a2f8f',
  send: '#8a2f8f',
  fin: '#9a4b00',
  disconnect: '#b3261e',
  error: '#b3261e',
  block: '#b3261e',
  listen: '#444444',
};

const KINDS = Object.keys(SIGNS) as Kind[];

/** Sizes in pixels of the drawing. */
const LANE = 260;
const ROW = 46;
const FIRST_X = 170;
const FIRST_Y = 130;
const SLOPE = 18;
const LABEL_COLUMNS = 30;

/**
 * Draws a trace as a Lamport diagram in SVG: one file that needs nothing else. Every colour has its
 * letter beside it, and the words stand in `desc` too.
 *
 * @param events a trace, or a part of one: each step takes a row, each client a lane
 * @param language what is said in; names, and what stood on the wire, stay as they were. Default English
 * @returns an SVG document, whatever peers put into their names
 */
export function lamportSvg(events: readonly TraceEvent[], language?: Language): string {
  const diagram = new Diagram(events, language);
  const say = diagramIn(language);
  const clients = diagram.lanes.slice(1).map(({ name }) => name);
  return drawn(diagram, language, {
    title: say('title', { clients: clients.length > 0 ? clients : say('nobody') }),
    begins: ({ turn }) => say('turn.n', { turn }),
    row: ({ turn, kind, says, size }) => say('row', { turn, sign: SIGNS[kind], says: says + size }),
  });
}

/**
 * Draws several machines as one Lamport diagram in SVG, as `lamportSvg` does.
 *
 * @param events in the order in which they happened
 */
export function machinesSvg(
  events: readonly MachineEvent[],
  machines: Machines,
  language?: Language,
): string {
  const diagram = new MachinesDiagram(events, machines, language);
  const say = diagramIn(language);
  const machine = ({ home }: Row): string => diagram.lanes[home]?.name ?? '';
  return drawn(diagram, language, {
    title: say('title.machines', { machines: diagram.lanes.map(({ name }) => name) }),
    begins: machine,
    row: (row) =>
      say('row.of', { name: machine(row), says: `${SIGNS[row.kind]} ${row.says}${row.size}` }),
  });
}

/** What stands around the rows of a diagram. */
interface Around {
  title: string;
  /** Where a turn begins. */
  begins: (row: Row) => string;
  /** A row as a sentence, for who does not see it. */
  row: (row: Row) => string;
}

function drawn({ rows, lanes }: Board, language: Language | undefined, around: Around): string {
  const say = diagramIn(language);
  const width = FIRST_X + Math.max(2, lanes.length) * LANE;
  const height = FIRST_Y + (rows.length + 1) * ROW;
  const text = rows.map(around.row);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="${tagOf(language ?? DEFAULT_LANGUAGE)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" font-size="14">`,
    `<title>${xml(around.title)}</title>`,
    `<desc>${xml(text.join('\n'))}</desc>`,
    `<defs>${[...new Set(Object.values(COLOURS))].map(marker).join('')}</defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    legend(new Set(rows.map(({ kind }) => kind)), say),
    ...rows.map((row, y) => turnLine(row, rows[y - 1], y, width, around.begins(row), say)),
    ...lanes.map((lane, i) => laneSvg(lane, i, rows.length)),
    ...rows.map(rowSvg),
    '</svg>\n',
  ].join('\n');
}

/** Text for XML: what it has no way to hold (XML 1.0, 2.2) is replaced; control characters become signs. */
function xml(text: string): string {
  return text
    .split('\n')
    .map(printable)
    .join('\n')
    .replace(/[\ud800-\udfff\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function marker(colour: string): string {
  const id = `lamport-${colour.slice(1)}`;
  return `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L10 5L0 10z" fill="${colour}"/></marker>`;
}

const xOf = (lane: number): number => FIRST_X + lane * LANE;
const yOf = (row: number): number => FIRST_Y + row * ROW;

function words(x: number, y: number, text: string, more = ''): string {
  // the white rim keeps words apart from the lines that they cross
  return `<text x="${x}" y="${y}" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke" ${more}>${xml(text)}</text>`;
}

/** A disc in a kind's colour, with its letter. */
function badge(kind: Kind, x: number, y: number): string {
  const disc = `<circle cx="${x}" cy="${y}" r="9" fill="${COLOURS[kind]}"/>`;
  const sign = kind === 'listen' ? 'L' : kind === 'block' ? '■' : SIGNS[kind];
  return `${disc}<text x="${x}" y="${y + 4}" text-anchor="middle" font-size="12" font-weight="bold" fill="#ffffff">${sign}</text>`;
}

function legend(used: ReadonlySet<Kind>, say: DiagramSay): string {
  let x = 24;
  return KINDS.filter((kind) => used.has(kind))
    .map((kind) => {
      const name = say(`kind.${kind}`);
      const item = badge(kind, x, 28) + words(x + 14, 33, name, `fill="${COLOURS[kind]}"`);
      x += 36 + stringWidth(name) * 8;
      return item;
    })
    .join('');
}

/** A turn begins: a thin line over all lanes. */
function turnLine(
  { turn, t, home }: Row,
  before: Row | undefined,
  y: number,
  width: number,
  begins: string,
  say: DiagramSay,
): string {
  if (turn === before?.turn && home === before.home) return '';
  const at = yOf(y) - 20;
  const time = say('time', { ms: Math.round(t * 100) / 100 });
  return `<path d="M16 ${at}H${width - 16}" stroke="#dddddd"/>${words(16, at + 18, begins, 'fill="#222222"')}${words(16, at + 34, time, 'fill="#595959" font-size="12"')}`;
}

function laneSvg({ name, from, left, gone }: Lane, lane: number, rows: number): string {
  const x = xOf(lane);
  const [start, end] = [yOf(from), Math.min(yOf(gone) - ROW / 2, yOf(rows))];
  const turn = Math.min(yOf(left), end);
  const label = cut(name, 26);
  const box = Math.max(80, stringWidth(label) * 9 + 24);
  return [
    `<path d="M${x} ${FIRST_Y - 46}V${start}" stroke="#cccccc" stroke-dasharray="1 5"/>`,
    `<path d="M${x} ${start}V${turn}" stroke="#555555" stroke-width="2"/>`,
    `<path d="M${x} ${turn}V${end}" stroke="#999999" stroke-width="2" stroke-dasharray="3 4"/>`,
    `<rect x="${x - box / 2}" y="${FIRST_Y - 76}" width="${box}" height="30" rx="6" fill="#f3f3f3" stroke="#555555"/>`,
    `<text x="${x}" y="${FIRST_Y - 56}" text-anchor="middle" font-weight="bold" fill="#111111">${xml(label)}</text>`,
  ].join('');
}

function rowSvg(row: Row, index: number): string {
  const { kind, way, lanes, home } = row;
  const y = yOf(index);
  const colour = COLOURS[kind];
  const label = labelOf(row, LABEL_COLUMNS);
  const source = way === 'out' ? home : (lanes[0] ?? home);
  const isLeft = lanes.some((lane) => lane < home); // of the server; all are on one side of it
  const start = badge(kind, xOf(source), y);
  if (way === 'mark' || lanes.length === 0) {
    return start + words(xOf(source) + 16, y + 5, label, `fill="${colour}"`);
  }
  const dash = kind === 'handshake' || kind === 'connect' ? ' stroke-dasharray="7 4"' : '';
  const arrows = lanes.map((lane) => {
    const side = isLeft ? -1 : 1;
    const [x1, x2] =
      way === 'in'
        ? [xOf(lane) - 9 * side, xOf(home) + 2 * side]
        : [xOf(home) + 9 * side, xOf(lane) - 2 * side];
    return `<path d="M${x1} ${y}L${x2} ${y + SLOPE}" stroke="${colour}" stroke-width="1.8"${dash} marker-end="url(#lamport-${colour.slice(1)})"/>`;
  });
  // above the line where it starts: beside the server, or beside the client
  const goesLeft = (way === 'in') !== isLeft;
  const anchor = goesLeft ? 'end' : 'start';
  const x = xOf(source) + (goesLeft ? -16 : 16);
  const text = words(x, y - 5, label, `text-anchor="${anchor}" fill="${colour}"`);
  return arrows.join('') + text + start;
}
