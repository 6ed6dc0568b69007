/**
 * The screen of the stepper as lines of text: a function of a view and a size, and nothing else.
 * Every part has its rows by the size of the screen alone, so that nothing jumps from step to step.
 * @module
 */

import stringWidth from 'string-width';
import type { Language } from '../texts/language.js';
import type { Step, TraceEvent } from '../trace/event.js';
import { describeStep, describeWait, printable } from '../trace/text.js';
import type { View } from '../trace/view.js';
import { pc } from './colours.js';
import type { Size } from './keys.js';
import { clip, fill, line } from './lines.js';
import { lastLines } from './stepper-bytes.js';
import { type StepperSay, stepperSpeaker } from './stepper-say.js';
import { type Queues, setLines, socketLines } from './stepper-sockets.js';
import { ownSource, type Sources, sourceParts } from './stepper-source.js';
import { PAINT } from './story.js';

/** What the screen shows beside the view. */
export interface Context extends Sources, Queues {
  /** What is stepped through. */
  title: string;
  /** How many steps there are. */
  length: number;
  /** Whether it is the loop of another program, which has no source of ours. */
  isStranger?: boolean;
  /** What a real server does meanwhile; empty for a trace, in which nothing goes on. */
  state: string;
  /** What is wrong with the trace; empty if nothing is. */
  problem: string;
  /** The last line. */
  footer: string;
  /** What is said in; what stood in the trace stays as it was. */
  language?: Language;
}

/** From so many columns on the two sources stand beside each other. */
const SIDE_BY_SIDE_FROM = 140;

/** The rows of each part. */
interface Rows {
  step: number;
  source: number;
  php: number;
  sets: number;
  sockets: number;
  bytes: number;
}

/**
 * Draws a view.
 *
 * @param size the lines are never longer than its columns, and there are exactly as many as rows
 */
export function screenOf(view: View, size: Size, context: Context): string[] {
  const { columns } = size;
  const { language } = context;
  const say = stepperSpeaker(language);
  const head = [header(view, columns, context, say)];
  if (context.problem !== '') {
    head.push(line(columns, [` ! ${printable(context.problem)}`, pc.red]));
  }
  const rows = shareRows(size.rows - head.length - 1, absent(context, columns));
  const body = [
    ...fill(stepLines(view.event, columns, rows.step, language), rows.step),
    ...sources(view, columns, rows, context, say),
    ...fill(setLines(view, columns, rows.sets, say), rows.sets),
    ...fill(socketLines(view, columns, rows.sockets, context, say), rows.sockets),
    ...fill(lastLines(view.event, columns, rows.bytes, say), rows.bytes),
  ];
  const footer = line(columns, [` ${printable(context.footer)}`, pc.dim]);
  const lines = fill([...head, ...body], Math.max(0, size.rows - 1));
  return [...lines, footer].slice(-Math.max(0, size.rows));
}

function sources(
  { event }: View,
  columns: number,
  rows: Rows,
  context: Context,
  say: StepperSay,
): string[] {
  const { own, isStranger } = context;
  if (own !== undefined) return fill(ownSource(own, columns, rows.source, say), rows.source);
  if (isStranger) return [];
  return sourceParts(event, columns, rows, context, columns >= SIDE_BY_SIDE_FROM, say);
}

/** The order in which a part gets its next row: what comes first is there on the smallest screen. */
const ORDER: readonly (readonly [part: keyof Rows, most: number])[] = [
  ['step', 1],
  ['sockets', 3],
  ['sets', 2],
  ['source', 3],
  ['bytes', 2],
  ['php', 2],
  ['sets', 3],
  ['step', 2],
  ['php', 3],
  ['sockets', 5],
  ['source', 5],
  ['bytes', 3],
  ['php', 4],
  ['sockets', 7],
  ['source', 8],
  ['bytes', 5],
  ['php', 8],
  ['step', 3],
  ['sockets', 12],
  ['source', 20],
  ['php', 20],
  ['bytes', 12],
  ['sockets', Number.POSITIVE_INFINITY],
];

/** The parts that have no rows: a stranger has no PHP, nor a line of its own unless it was asked for. */
function absent({ isStranger, own }: Context, columns: number): readonly (keyof Rows)[] {
  if (isStranger && own === undefined) return ['source', 'php'];
  // from so many columns on PHP stands beside the TypeScript
  return isStranger || columns >= SIDE_BY_SIDE_FROM ? ['php'] : [];
}

function shareRows(available: number, without: readonly (keyof Rows)[]): Rows {
  const rows: Rows = { step: 0, source: 0, php: 0, sets: 0, sockets: 0, bytes: 0 };
  let left = Math.max(0, available);
  for (const [part, most] of ORDER) {
    if (without.includes(part)) continue;
    const taken = Math.min(left, Math.max(0, most - rows[part]));
    rows[part] += taken;
    left -= taken;
  }
  return rows;
}

/** Columns of the title for which the time makes way. */
const LEAST_TITLE = 8;

function header(
  view: View,
  columns: number,
  { title, length, state }: Context,
  say: StepperSay,
): string {
  const { event, position, turn } = view;
  // with as many places as it has, three at most
  const time = event === null ? '' : `  ${say('ms', { ms: Number(event.t.toFixed(3)) })}`;
  const doing = state === '' ? '' : `  ${state}`;
  const place = say('place', { position, length, turn });
  const whole = `${place}${time} `;
  const least = stringWidth(doing) + LEAST_TITLE + 1;
  // the time goes first, then the title; that the loop stands still is the last to go
  const where = stringWidth(whole) + least <= columns ? whole : `${place} `;
  const room = Math.max(0, columns - stringWidth(where) - 1);
  const rest = Math.max(0, room - stringWidth(doing));
  const name = clip(`${clip(` ${printable(title)}`, rest)}${doing}`, room);
  const space = ' '.repeat(Math.max(0, columns - stringWidth(name) - stringWidth(where)));
  return line(columns, [name + space + where, (text) => pc.inverse(text)]);
}

function stepLines(
  event: TraceEvent | null,
  columns: number,
  rows: number,
  language: Language | undefined,
): string[] {
  if (event === null) return [line(columns, ` ${stepperSpeaker(language)('step.none')}`)];
  const name = ` ${event.step.padEnd(10)} `;
  const [wait] = event.step === 'select' ? describeWait(event, language) : [];
  const text = wrap(describeStep(event, language), Math.max(1, columns - name.length), rows);
  if (wait !== undefined && text.length < rows) text.push(wait);
  return text.map((part, i) =>
    i === 0
      ? line(columns, [name, paintStep(event)], part)
      : line(columns, ' '.repeat(name.length) + part),
  );
}

/** What goes wrong is red; what only a stranger's loop does has its colour of the story. */
function paintStep(event: Step): (text: string) => string {
  const { step } = event;
  const isWrong =
    ['error', 'disconnect', 'block', 'fault'].includes(step) ||
    (step === 'call' && event.fault !== undefined);
  const isBeside = ['again', 'wake', 'other'].includes(step);
  const paint = isWrong ? pc.red : isBeside ? PAINT[step] : pc.cyan;
  return (text) => pc.bold(paint(text));
}

/** Cuts a text into lines of so many columns; what does not fit into the last ends in an ellipsis. */
function wrap(text: string, columns: number, rows: number): string[] {
  const lines = [''];
  let rest = text;
  while (lines.length < rows && stringWidth(rest) > columns) {
    const fits = takeColumns(rest, columns);
    const space = fits.lastIndexOf(' ');
    const taken = space > columns / 2 ? fits.slice(0, space) : fits;
    if (taken === '') break; // a column is too narrow for it
    lines[lines.length - 1] = taken;
    lines.push('');
    rest = rest.slice(taken.length).trimStart();
  }
  lines[lines.length - 1] = clip(rest, columns);
  return lines;
}

function takeColumns(text: string, columns: number): string {
  let taken = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += stringWidth(segment);
    if (used > columns) break;
    taken += segment;
  }
  return taken;
}
