/**
 * A trace as marks on rows: one row for the server and its listener, one for each connection, one for what
 * happens outside. Plain arrays, an entry an event, so that a hundred thousand are looked through at once.
 * Draws nothing and says nothing.
 * @module
 */

import type { Fd } from '../../net/net.js';
import type { StepName, TraceEvent } from '../../trace/event.js';
import { loginOf } from '../../trace/view.js';

/** What a mark is, for a picture that has no room for more. */
export const KINDS = ['turn', 'in', 'out', 'join', 'leave', 'fault', 'inner', 'outside'] as const;

/** One of them. */
export type Kind = (typeof KINDS)[number];

const KIND_OF: Readonly<Record<StepName, Kind>> = {
  socket: 'inner',
  setsockopt: 'inner',
  bind: 'inner',
  listen: 'inner',
  select: 'turn',
  accept: 'join',
  recv: 'in',
  handshake: 'out',
  parse: 'inner',
  deal: 'inner',
  broadcast: 'out',
  send: 'out',
  block: 'fault',
  disconnect: 'leave',
  error: 'fault',
  arrive: 'outside',
  act: 'outside',
  again: 'inner',
  fault: 'fault',
  wake: 'inner',
  other: 'inner',
  broker: 'inner',
  call: 'inner',
  unknown: 'inner',
};

/** One row. Indexes are of the trace. */
export interface Row {
  /** The same in every trace of one run, and in its forks: a descriptor, and how often it was opened. */
  readonly key: string;
  /** Its descriptor; the listener's for the server, null for what is outside. */
  fd: Fd | null;
  /** The name that it logged in with last; '' before. */
  name: string;
  /** Whether it is the connection to a broker: what others say comes over it, and it is none of them. */
  isBroker: boolean;
  /** Where it begins; a trace that begins in the middle has it from its start. */
  readonly from: number;
  /** Where it has left; infinite while it is there. */
  left: number;
}

/** The rows that are always there. */
export const SERVER = 0;
export const OUTSIDE = 1;

/** All marks of a trace. */
export class Marks {
  /** The trace. */
  events: readonly TraceEvent[] = [];
  readonly rows: Row[] = [newRow('server', null, 0), newRow('outside', null, 0)];
  /** The row of each event. */
  rowOf = new Int32Array(64);
  /** What each event is, as an index of `KINDS`. */
  kindOf = new Uint8Array(64);
  /** Where turns begin. */
  readonly turns: number[] = [];
  /** Whether anything happened outside: else that row is not shown. */
  hasOutside = false;
  readonly #open = new Map<Fd, number>();
  readonly #opened = new Map<Fd, number>();

  /** The marks of a trace; of one that has only grown they are not made anew. */
  static of(events: readonly TraceEvent[], former: Marks | null = null): Marks {
    const known = former?.events.length ?? 0;
    const hasGrown =
      former !== null &&
      events.length >= known &&
      events[0] === former.events[0] &&
      events[known - 1] === former.events[known - 1];
    const marks = hasGrown ? former : new Marks();
    marks.#take(events);
    return marks;
  }

  /** The rows to which an event leads from the server's; none for most. */
  targetsOf(index: number): number[] {
    const event = this.events[index];
    if (event?.step === 'handshake') return [this.rowOf[index] ?? SERVER];
    if (event?.step !== 'broadcast') return [];
    return event.to.map((fd) => this.#rowAt(fd, index)).filter((row) => row !== SERVER);
  }

  #take(events: readonly TraceEvent[]): void {
    const from = this.events.length;
    this.events = events;
    if (events.length > this.rowOf.length) this.#makeRoom(events.length);
    for (let i = from; i < events.length; i++) this.#add(events[i] as TraceEvent, i);
  }

  #makeRoom(length: number): void {
    const room = Math.max(length, this.rowOf.length * 2);
    const rows = new Int32Array(room);
    const kinds = new Uint8Array(room);
    rows.set(this.rowOf);
    kinds.set(this.kindOf);
    this.rowOf = rows;
    this.kindOf = kinds;
  }

  #add(event: TraceEvent, i: number): void {
    let kind = KIND_OF[event.step] ?? 'inner'; // a trace may have newer steps
    if (event.step === 'recv' && event.bytes.length === 0) kind = 'leave';
    if (event.step === 'select') this.turns.push(i);
    if (event.step === 'act') this.hasOutside = true;
    if (event.step === 'accept') this.#begin(event.fd, i);
    if (event.step === 'broker' && event.do === 'connect') this.#reachBroker(event.fd, i);
    // a trace may begin in the middle
    if (event.step === 'broadcast') {
      for (const fd of event.to) if (!this.#open.has(fd)) this.#begin(fd, i);
    }
    const row = this.#home(event, i);
    this.rowOf[i] = row;
    this.kindOf[i] = KINDS.indexOf(kind);
    const at = this.rows[row];
    if (at === undefined || row <= OUTSIDE) return;
    if (event.step === 'disconnect') at.left = i;
    if (event.step === 'deal' && !at.isBroker) at.name = loginOf(event) ?? at.name;
  }

  #home(event: TraceEvent, i: number): number {
    if (event.step === 'act') return OUTSIDE;
    // what is made for several is the server's, whoever began it
    if (event.step === 'broadcast' || event.step === 'select' || !('fd' in event)) return SERVER;
    if (event.fd < 0) return SERVER; // a try to reach the broker that failed
    const server = this.rows[SERVER] as Row;
    if (isOfListener(event)) server.fd ??= event.fd;
    if (isOfListener(event) || event.fd === server.fd) return SERVER;
    return this.#open.get(event.fd) ?? this.#begin(event.fd, i);
  }

  #begin(fd: Fd, i: number): number {
    const times = (this.#opened.get(fd) ?? 0) + 1;
    this.#opened.set(fd, times);
    const step = this.events[i]?.step;
    const isFirst = i === 0 || (step !== 'accept' && step !== 'broker');
    const at = this.rows.push(newRow(`${fd}.${times}`, fd, isFirst ? 0 : i)) - 1;
    this.#open.set(fd, at);
    return at;
  }

  /** Its row is there where something had come before; that of a client who has left is another's. */
  #reachBroker(fd: Fd, i: number): void {
    const known = this.rows[this.#open.get(fd) ?? -1];
    const isFree = known !== undefined && known.name === '' && known.left > i;
    const row = isFree ? known : this.rows[this.#begin(fd, i)];
    if (row !== undefined) row.isBroker = true;
  }

  /** The row that a descriptor had at an event: the last that had begun. */
  #rowAt(fd: Fd, index: number): number {
    const last = this.#open.get(fd);
    if (last === undefined) return SERVER;
    if ((this.rows[last]?.from ?? 0) <= index) return last;
    for (let row = last - 1; row > OUTSIDE; row--) {
      const one = this.rows[row];
      if (one?.fd === fd && one.from <= index) return row;
    }
    return SERVER;
  }
}

function newRow(key: string, fd: Fd | null, from: number): Row {
  return { key, fd, name: '', isBroker: false, from, left: Number.POSITIVE_INFINITY };
}

/** What only a listener does, or has come to it. */
function isOfListener(event: TraceEvent): boolean {
  switch (event.step) {
    case 'socket':
    case 'bind':
    case 'listen':
      return true;
    case 'arrive':
      return event.kind === 'connect';
    default:
      return false;
  }
}

/** A place of the picture: the sockets that had one descriptor, one after the other. */
export interface Place {
  readonly fd: Fd | null;
  /** Rows by trace, in the order of opening. */
  readonly rows: number[][];
}

/**
 * In which order rows stand below each other: what is outside, the server, then the descriptors as they
 * were first opened. Who gets the number of one who left stands where that one stood, as in the sets of
 * select: so a room has as many places as it had people at once. What only a later trace has comes last.
 *
 * @returns for each trace the place of each of its rows, -1 for none; and what stands at each place
 */
export function placesOf(traces: readonly Marks[]): { places: Int32Array[]; shown: Place[] } {
  const shown: Place[] = [];
  const placeOf = new Map<string | Fd, number>();
  const places = traces.map(({ rows }) => new Int32Array(rows.length).fill(-1));
  for (const [trace, { rows, hasOutside }] of traces.entries()) {
    const order = [OUTSIDE, SERVER, ...rows.keys()].filter((row, i) => i < 2 || row > OUTSIDE);
    for (const row of hasOutside ? order : order.slice(1)) {
      const { key, fd } = rows[row] as Row;
      const id = row > OUTSIDE && fd !== null ? fd : key;
      const place = placeOf.get(id) ?? shown.push({ fd, rows: traces.map(() => []) }) - 1;
      placeOf.set(id, place);
      shown[place]?.rows[trace]?.push(row);
      (places[trace] as Int32Array)[row] = place;
    }
  }
  return { places, shown };
}

/** Who stands at a place at an event: who opened it last before, or who opens it first. */
export function rowAtPlace(traces: readonly Marks[], { rows }: Place, index: number): Row | null {
  for (const [trace, marks] of traces.entries()) {
    const all = (rows[trace] ?? []).map((row) => marks.rows[row] as Row);
    const found = all.findLast(({ from }) => from <= index) ?? all[0];
    if (found !== undefined) return found;
  }
  return null;
}
