/**
 * The descriptors on the screen of the stepper: what select was given and left, and a row for each socket.
 * @module
 */

import stringWidth from 'string-width';
import type { Fd } from '../net/net.js';
import { pad } from '../trace/columns.js';
import type { TraceEvent } from '../trace/event.js';
import { printable } from '../trace/text.js';
import type { SocketState, SocketView, View } from '../trace/view.js';
import { pc } from './colours.js';
import { clip, line, ruled, widest } from './lines.js';
import type { StepperSay } from './stepper-say.js';

/** What is known beside the view of what waits. */
export interface Queues {
  /** The descriptors that select reported and that the turn has not come to yet. */
  unserved: readonly Fd[];
  /** Whether some step of it tells what arrives: only then are the queues known. */
  tellsQueues: boolean;
}

/** What select was given and what it left: PHP changes its arrays in place. */
export function setLines(
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

function fdList(fds: readonly Fd[], turn: number, say: StepperSay): string {
  if (turn === 0) return '-';
  return fds.length === 0 ? say('select.empty') : fds.join(' ');
}

/** A row for each socket, as many as there is room for; that of the step is among them. */
export function socketLines(
  view: View,
  columns: number,
  rows: number,
  context: Queues,
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

/** Columns of a client's name. */
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
  context: Queues,
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
function tellsQueues({ knowsQueues }: View, context: Queues): boolean {
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
