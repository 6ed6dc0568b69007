/**
 * The screen of the stepper as lines of text: a function of a view and a size, and nothing else.
 * Every part has its rows by the size of the screen alone, so that nothing jumps from step to step.
 * @module
 */

import stringWidth from 'string-width';
import { toUtf8 } from '../bytes.js';
import { signOf } from '../inspect/letters.js';
import type { Fd } from '../net/net.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { stepper } from '../texts/stepper.en.js';
import { stepper as stepperZh } from '../texts/stepper.zh.js';
import { cut, pad } from '../trace/columns.js';
import type { CallStep, Step, TraceEvent } from '../trace/event.js';
import { describeStep, describeWait, printable } from '../trace/text.js';
import type { SocketState, SocketView, View } from '../trace/view.js';
import { argumentLines, resultLines } from './call-lines.js';
import { pc } from './colours.js';
import type { Size } from './keys.js';
import type { SourceLines } from './sources.js';

/** What the screen shows beside the view. */
export interface Context {
  /** What is stepped through. */
  title: string;
  /** How many steps there are. */
  length: number;
  /** Whether it is the loop of another program, which has no source here: no part is kept for one. */
  isStranger?: boolean;
  /** The TypeScript of the step; null where it has none. */
  source: SourceLines | null;
  /** The PHP of the step; null where it has none. */
  php: SourceLines | null;
  /** The descriptors that select reported and that the turn has not come to yet. */
  unserved: readonly Fd[];
  /** Whether some step of it tells what arrives: only then are the queues known. */
  tellsQueues: boolean;
  /** What a real server does meanwhile; empty for a trace, in which nothing goes on. */
  state: string;
  /** What is wrong with the trace; empty if nothing is. */
  problem: string;
  /** The last line. */
  footer: string;
  /** What is said in; what stood in the trace stays as it was. */
  language?: Language;
}

/** Says what stands on the screen beside the steps. */
export type StepperSay = Say<keyof typeof stepper>;

/** The texts in a language; thousands are not set apart, so that a number fits and is found. */
export function stepperSpeaker(language: Language = DEFAULT_LANGUAGE): StepperSay {
  return speaker({ en: stepper, zh: stepperZh }, language, { grouping: false });
}

/** From so many columns on the two sources stand beside each other. */
const SIDE_BY_SIDE_FROM = 140;

/** Text and how it is painted. A line is made of these, so that it is cut before it is painted. */
type Span = string | readonly [text: string, paint: (text: string) => string];

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
  const isWide = columns >= SIDE_BY_SIDE_FROM;
  const without = context.isStranger ? SOURCES : isWide ? PHP : [];
  const rows = shareRows(size.rows - head.length - 1, without);
  const body = [
    ...fill(stepLines(view.event, columns, rows.step, language), rows.step),
    ...(context.isStranger ? [] : sourceParts(view.event, columns, rows, context, isWide, say)),
    ...fill(setLines(view, columns, rows.sets, say), rows.sets),
    ...fill(socketLines(view, columns, rows.sockets, context, say), rows.sockets),
    ...fill(lastLines(view.event, columns, rows.bytes, say), rows.bytes),
  ];
  const footer = line(columns, [` ${printable(context.footer)}`, pc.dim]);
  const lines = fill([...head, ...body], Math.max(0, size.rows - 1));
  return [...lines, footer].slice(-Math.max(0, size.rows));
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

/** The parts that have no rows of their own: of a stranger's loop; where PHP stands beside the TypeScript. */
const SOURCES: readonly (keyof Rows)[] = ['source', 'php'];
const PHP: readonly (keyof Rows)[] = ['php'];

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

/** What goes wrong is red. */
function paintStep(event: Step): (text: string) => string {
  const { step } = event;
  const isWrong =
    ['error', 'disconnect', 'block', 'fault'].includes(step) ||
    (step === 'call' && event.fault !== undefined);
  return (text) => pc.bold(isWrong ? pc.red(text) : pc.cyan(text));
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

function sourceParts(
  event: TraceEvent | null,
  columns: number,
  rows: Rows,
  { source, php }: Context,
  isWide: boolean,
  say: StepperSay,
): string[] {
  const first = (width: number) => {
    const title = event?.step === 'call' ? say('source.yours') : 'TypeScript';
    return fill(codeLines(title, source, event, width, rows.source, say), rows.source);
  };
  // PHP has no line for what a student wrote: what that was given stands there
  const second = (width: number, count: number) =>
    event?.step === 'call'
      ? fill(callPart(event, width, count, say), count)
      : fill(codeLines('PHP', php, event, width, count, say), count);
  if (!isWide) return [...first(columns), ...second(columns, rows.php)];
  const half = Math.floor((columns - 1) / 2);
  const right = second(columns - half - 1, rows.source);
  return first(half).map((text, i) => `${pad(text, half)} ${right[i] ?? ''}`);
}

/** What a function of a student's was given. */
function callPart(event: CallStep, columns: number, rows: number, say: StepperSay): string[] {
  if (rows === 0) return [];
  const title = rule(
    say('call.args', { name: printable(event.name), n: event.args.length }),
    columns,
  );
  const lines = argumentLines(event, columns, rows - 1, say);
  return [title, ...lines.map((text) => line(columns, text))];
}

/** The bytes of a step; what a function of a student's gave. */
function lastLines(
  event: TraceEvent | null,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (event?.step !== 'call' || rows === 0) return byteLines(event, columns, rows, say);
  const isWrong = event.fault !== undefined;
  const title = rule(say(isWrong ? 'call.wrong' : 'call.result'), columns);
  const paint = (text: string): Span => (isWrong ? [text, pc.red] : text);
  const lines = resultLines(event, columns, rows - 1, say);
  return [title, ...lines.map((text) => line(columns, paint(text)))];
}

/** Why a step has no line of source. */
function sayNone(event: TraceEvent | null, say: StepperSay): string {
  if (event?.step === 'call') return say('source.notHere');
  if (event?.step === 'act') return say('source.client');
  if (event?.step === 'arrive') return say('source.network');
  return say('source.none');
}

function codeLines(
  language: string,
  source: SourceLines | null,
  event: TraceEvent | null,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (rows === 0) return [];
  if (source === null) {
    return [rule(language, columns), line(columns, [`       ${sayNone(event, say)}`, pc.dim])];
  }
  const { file, line: first, text } = source;
  const shown = text.slice(0, rows - 1);
  const isPart = text.length > shown.length;
  const part = say('source.part', { shown: shown.length, lines: text.length });
  const more = isPart ? ` ${part}` : '';
  return [
    rule(`${language} ${file}:${first}${more}`, columns),
    ...shown.map((code, i) =>
      line(columns, [`${String(first + i).padStart(5)}  `, pc.dim], paintCode(code)),
    ),
  ];
}

/** A comment steps back behind the code. */
function paintCode(code: string): Span {
  return /^\s*(\/\/|\/?\*)/.test(code) ? [code, pc.dim] : code;
}

/** What select was given and what it left: PHP changes its arrays in place. */
function setLines(
  { watched, ready, turn }: View,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  const names = { read: say('select.read'), write: say('select.write') };
  const label = widest(TITLE.length, ` ${names.read} `, ` ${names.write} `);
  const half = Math.floor((columns - label) / 2);
  const sets = (['read', 'write'] as const).map((name) => {
    const before = fdList(watched[name], turn, say);
    const after = fdList(ready[name], turn, say);
    return line(
      columns,
      [pad(` ${names[name]}`, label), pc.bold],
      pad(clip(before, half - 1), half),
      [after, ready[name].length > 0 ? pc.green : pc.dim],
    );
  });
  const title = line(
    columns,
    [ruled(TITLE, label - 1).padEnd(label), pc.dim],
    [`${ruled(`${say('select.before')} `, half - 1)} `, pc.dim],
    [
      ruled(`${say(turn === 0 ? 'select.notYet' : 'select.after')} `, columns - label - half),
      pc.dim,
    ],
  );
  return rows >= 3 ? [title, ...sets] : sets.slice(0, rows);
}

const TITLE = '── select ';

/** The columns of the widest text, and at least so many. */
function widest(least: number, ...texts: readonly string[]): number {
  return Math.max(least, ...texts.map((text) => stringWidth(text)));
}

function fdList(fds: readonly Fd[], turn: number, say: StepperSay): string {
  if (turn === 0) return '-';
  return fds.length === 0 ? say('select.empty') : fds.join(' ');
}

function socketLines(
  view: View,
  columns: number,
  rows: number,
  context: Context,
  say: StepperSay,
): string[] {
  if (rows === 0) return [];
  const sockets = [...view.sockets.values()];
  const current = sockets.findIndex(({ fd }) => isOf(view.event, fd));
  const room = rows - 1;
  const count = sockets.length > room ? Math.max(1, room - 1) : room;
  const first = Math.max(0, Math.min(current - count + 1, sockets.length - count));
  const shown = sockets.slice(first, first + count).map((socket) => {
    return socketLine(socket, view, columns, context, say);
  });
  if (sockets.length > room && room > 1) {
    const hidden = sockets.length - count;
    const more = say('sockets.more', { hidden, sockets: sockets.length });
    shown.push(line(columns, [`    ${more}`, pc.dim]));
  }
  const unknown = view.hasSamples ? 'sockets.sampled' : 'sockets.unknown';
  const last = say(tellsQueues(view, context) ? 'sockets.peer' : unknown);
  const cells = ['fd', say('sockets.state'), say('sockets.name'), ...outOf(say)];
  const begins = `── ${inColumns(cells, say)}`;
  const fits = stringWidth(`${begins}${last} `) <= columns;
  const heading = ruled(
    `${begins}${fits || tellsQueues(view, context) ? last : say('sockets.short')} `,
    columns,
  );
  return [line(columns, [heading, pc.dim]), ...shown];
}

const NAME = 16;
const STATES = [
  'listening',
  'connected',
  'accepted',
  'open',
  'broker',
  'refused',
  'left',
] as const satisfies SocketState[];

function outOf(say: StepperSay): [queue: string, outbox: string] {
  return [say('sockets.queue'), say('sockets.outbox')];
}

/** The cells of a row, up to the last: the columns are those of the widest word. */
function inColumns(cells: readonly string[], say: StepperSay): string {
  const [fd = '', state = '', name = '', queue = '', outbox = ''] = cells;
  const [queues, outboxes] = outOf(say);
  const states = STATES.map((one) => say(`state.${one}`));
  const first = pad(state, widest(11, say('sockets.state'), ...states));
  const bytes = [pad(queue, widest(6, queues)), pad(outbox, widest(7, `${outboxes} `))];
  return `${pad(fd, 4)} ${first} ${pad(name, NAME)}  ${bytes.join(' ')}`;
}

function socketLine(
  socket: SocketView,
  view: View,
  columns: number,
  context: Context,
  say: StepperSay,
): string {
  const { fd, state, host, port, name, cause, outbox } = socket;
  // before the first arrival nothing has arrived
  const queued = socket.queued ?? (tellsQueues(view, context) ? 0 : null);
  const isCurrent = isOf(view.event, fd);
  const marks = [
    isCurrent ? '>' : ' ',
    view.blockedOn === fd ? 'B' : readMark(fd, view, context.unserved),
    view.ready.write.includes(fd) ? 'W' : ' ',
  ].join('');
  const address = host === '' ? '' : `${printable(host)}:${port}`; // none before bind
  const peer = cause === null ? address : say('sockets.left', { cause: printable(cause) });
  const shownName = clip(name === null ? '' : printable(name), NAME);
  const queue = queueText(socket, queued);
  const cells = [String(fd), say(`state.${state}`), shownName, queue, bytesText(outbox)];
  const text = `${inColumns(cells, say)}${peer}`;
  return line(columns, [marks, pc.yellow], [text, isCurrent ? pc.bold : (same) => same]);
}

function readMark(fd: Fd, view: View, unserved: readonly Fd[]): string {
  if (!view.ready.read.includes(fd) && !view.pending.includes(fd)) return ' ';
  return unserved.includes(fd) ? 'R' : 'r';
}

/** Whether a trace tells what arrives. */
function tellsQueues({ knowsQueues }: View, context: Context): boolean {
  return knowsQueues || context.tellsQueues;
}

/** A listener's queue holds connections, a connection's holds bytes. */
function queueText({ state, sampled }: SocketView, queued: number | null): string {
  const length = queued ?? sampled;
  if (length === null) return '?';
  const text = state === 'listening' ? `${length}` : bytesText(length);
  return queued === null ? `~${text}` : text;
}

function bytesText(bytes: number): string {
  return `${bytes} B`;
}

function isOf(event: TraceEvent | null, fd: Fd): boolean {
  if (event === null) return false;
  if ('fd' in event && event.fd === fd) return true;
  if (event.step === 'accept') return event.listener === fd;
  return event.step === 'broadcast' && event.to.includes(fd);
}

function byteLines(
  event: TraceEvent | null,
  columns: number,
  rows: number,
  say: StepperSay,
): string[] {
  if (rows === 0) return [];
  const { what, bytes } = bytesOf(event);
  const { length } = bytes;
  const perRow = columns >= 76 ? 16 : columns >= 42 ? 8 : 4;
  const room = (rows - 1) * perRow;
  const title =
    what === 'none'
      ? sayNoBytes(event, say)
      : say(length > room ? `bytes.${what}.first` : `bytes.${what}`, { length, shown: room });
  const lines = [rule(title, columns)];
  for (let at = 0; at < Math.min(bytes.length, room); at += perRow) {
    const row = bytes.subarray(at, at + perRow);
    const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
    const left = hex.slice(0, 8).join(' ');
    const right = hex.slice(8).join(' ');
    const digits = (right === '' ? left : `${left}  ${right}`).padEnd(perRow * 3);
    lines.push(
      line(columns, [`${String(at).padStart(6)}  `, pc.dim], digits, '  ', [
        Array.from(row, signOf).join(''),
        pc.cyan,
      ]),
    );
  }
  return lines;
}

/** A send does not hold what it sent. */
function sayNoBytes(event: Step | null, say: StepperSay): string {
  return event?.step === 'send' ? say('bytes.taken', { taken: event.taken }) : say('bytes.none');
}

function bytesOf(event: Step | null): {
  what: 'all' | 'frame' | 'reply' | 'none';
  bytes: Uint8Array;
} {
  const none = { what: 'none', bytes: new Uint8Array(0) } as const;
  if (event === null) return none;
  switch (event.step) {
    case 'recv':
    case 'act':
    case 'broadcast':
      return event.bytes.length === 0 ? none : { what: 'all', bytes: event.bytes };
    case 'parse':
      return { what: 'frame', bytes: event.bytes };
    case 'deal':
      return { what: 'reply', bytes: toUtf8(event.reply) };
    case 'send':
    case 'socket':
    case 'setsockopt':
    case 'bind':
    case 'listen':
    case 'select':
    case 'accept':
    case 'handshake':
    case 'block':
    case 'disconnect':
    case 'error':
    case 'arrive':
    case 'again':
    case 'fault':
    case 'wake':
    case 'other':
    case 'broker':
    case 'call':
    case 'unknown':
      return none;
    default:
      return event satisfies never;
  }
}

function rule(title: string, columns: number): string {
  return line(columns, [ruled(`── ${title} `, columns), pc.dim]);
}

function ruled(text: string, columns: number): string {
  return text + '─'.repeat(Math.max(0, columns - stringWidth(text)));
}

/** Makes a line of at most so many columns. */
function line(columns: number, ...spans: readonly Span[]): string {
  let left = columns;
  let made = '';
  for (const span of spans) {
    const [text, paint] = typeof span === 'string' ? [span, (same: string) => same] : span;
    const fits = clip(text, left);
    left -= stringWidth(fits);
    if (fits !== '') made += paint(fits);
  }
  return made;
}

/** Cuts to so many columns, none included. */
function clip(text: string, columns: number): string {
  return columns <= 0 ? '' : cut(text, columns);
}

/** Exactly so many lines. */
function fill(lines: readonly string[], rows: number): string[] {
  return Array.from({ length: Math.max(0, rows) }, (_, i) => lines[i] ?? '');
}
