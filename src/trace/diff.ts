/**
 * When two traces are equal, and where they part. What depends on the system or on the moment is
 * left out: see `comparable`.
 * @module
 */

import { diffArrays } from 'diff';
import { joinBytes } from '../bytes.js';
import type { Fd } from '../net/net.js';
import { comparison } from '../texts/comparison.en.js';
import { fill } from '../texts/say.js';
import type { StepName, TraceEvent } from './event.js';
import { formatEvent } from './ndjson.js';

/** Two traces side by side: the same in both, a step that differs, or one that only one of them has. */
export interface TraceRow {
  /** Whether both have it, and it is the same. */
  same: boolean;
  /** The left trace's event; null where only the right one has something. */
  left: TraceEvent | null;
  /** The right trace's event; null where only the left one has something. */
  right: TraceEvent | null;
}

/** How traces are compared. */
export interface DiffOptions {
  /** Counts a turn that is repeated at once, as in a flood, only once. */
  collapse?: boolean;
}

/**
 * Lays two traces side by side. They are equal when every row is the same in both.
 *
 * @returns the rows, in order; recv events of a client that follow each other are joined
 */
export function diffTraces(
  left: readonly TraceEvent[],
  right: readonly TraceEvent[],
  options: DiffOptions = {},
): TraceRow[] {
  const lefts = comparable(left, options);
  const rights = comparable(right, options);
  const rows: TraceRow[] = [];
  let onlyLeft: TraceEvent[] = [];
  let [i, j] = [0, 0];
  for (const part of diffArrays(lefts.map(keyOf), rights.map(keyOf))) {
    const events = part.added ? eventsOf(rights, j, part.count) : eventsOf(lefts, i, part.count);
    if (!part.added) i += part.count;
    if (!part.removed) j += part.count;
    if (part.removed) {
      onlyLeft = events;
      continue;
    }
    rows.push(...pairUp(onlyLeft, part.added ? events : []));
    onlyLeft = [];
    if (part.added) continue;
    const others = eventsOf(rights, j - part.count, part.count);
    rows.push(...events.map((left, n) => ({ same: true, left, right: others[n] ?? null })));
  }
  return [...rows, ...pairUp(onlyLeft, [])];
}

function eventsOf(list: readonly Comparable[], from: number, count: number): TraceEvent[] {
  return list.slice(from, from + count).map(({ event }) => event);
}

/** Where both sides differ for a while, puts steps of the same kind beside each other, in order. */
function pairUp(lefts: readonly TraceEvent[], rights: readonly TraceEvent[]): TraceRow[] {
  const rows: TraceRow[] = [];
  let next = 0;
  for (const left of lefts) {
    const found = rights.findIndex((right, i) => i >= next && right.step === left.step);
    if (found === -1) {
      rows.push({ same: false, left, right: null });
      continue;
    }
    for (; next < found; next++)
      rows.push({ same: false, left: null, right: rights[next] ?? null });
    rows.push({ same: false, left, right: rights[next++] ?? null });
  }
  return [...rows, ...rights.slice(next).map((right) => ({ same: false, left: null, right }))];
}

/** Tells whether the rows of `diffTraces` show no difference. */
export function tracesEqual(rows: readonly TraceRow[]): boolean {
  return rows.every(({ same }) => same);
}

/** An event, and the text by which it is compared. */
interface Comparable {
  event: TraceEvent;
  key: string;
}

function keyOf({ key }: Comparable): string {
  return key;
}

/**
 * Left out of every comparison: the network's own events and the scenario's, select and send, whose
 * number depends on how bytes were cut, block, which depends on the size of the system's buffers, and
 * whose function did it.
 */
const LEFT_OUT: ReadonlySet<StepName> = new Set([
  'select',
  'arrive',
  'send',
  'block',
  'act',
  'again',
  'wake',
  'other',
  'call',
] as const);

/** Keys that differ from run to run, and what a recorder saw of a system call that did the same. */
const UNEQUAL = [
  ...['port', 'scanned', 'call', 'took', 'room', 'length', 'cuts', 'inferred', 'injected'],
];

/** What is compared of a trace, and how it is written for that. */
function comparable(
  events: readonly TraceEvent[],
  { collapse = false }: DiffOptions,
): Comparable[] {
  const kept = joinRecvs(events.filter((event) => !LEFT_OUT.has(event.step)));
  const names = new Map<Fd, string>();
  let accepted = 0;
  let listeners = 0;
  const list = kept.map((event): Comparable => {
    if (event.step === 'socket') names.set(event.fd, `listener-${++listeners}`);
    if (event.step === 'accept') {
      if (!names.has(event.listener)) names.set(event.listener, `listener-${++listeners}`);
      names.set(event.fd, fill(comparison['client.n'], { n: ++accepted }));
    }
    return { event, key: keyFor(event, names) };
  });
  return collapse ? withoutRepeats(list) : list;
}

/** The event without what differs from run to run, and with listeners and clients named in their order. */
function keyFor(event: TraceEvent, names: ReadonlyMap<Fd, string>): string {
  const name = (fd: Fd): string | Fd => names.get(fd) ?? fd;
  const { seq: _, turn: __, t: ___, by: ____, source: _____, ...rest } = event;
  const named: Record<string, unknown> = { ...rest };
  for (const key of UNEQUAL) delete named[key];
  if ('fd' in event) named.fd = name(event.fd);
  if (event.step === 'accept') named.listener = name(event.listener);
  if (event.step === 'broadcast') named.to = event.to.map(name);
  // whoever wrote the trace may have put the keys in another order
  const sorted = Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
  return formatEvent(sorted as unknown as TraceEvent);
}

/** TCP keeps no boundaries: two recvs of a client, one behind the other, are one. */
function joinRecvs(events: readonly TraceEvent[]): TraceEvent[] {
  const joined: TraceEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    const goesOn =
      event.step === 'recv' &&
      last?.step === 'recv' &&
      last.fd === event.fd &&
      event.bytes.length > 0;
    if (goesOn)
      joined[joined.length - 1] = { ...last, bytes: joinBytes([last.bytes, event.bytes]) };
    else joined.push(event);
  }
  return joined;
}

/** Recv, parse, deal, broadcast: what one message of a flood comes to. */
const CYCLE = 4;

/** A trace in which a turn that is repeated at once, as in a flood, stands once. For recordings. */
export function withoutFlood(events: readonly TraceEvent[]): TraceEvent[] {
  return comparable(events, { collapse: true }).map(({ event }) => event);
}

function withoutRepeats(list: readonly Comparable[]): Comparable[] {
  const kept: Comparable[] = [];
  for (const one of list) {
    kept.push(one);
    const last = kept.slice(-CYCLE).map(keyOf).join();
    const before = kept
      .slice(-2 * CYCLE, -CYCLE)
      .map(keyOf)
      .join();
    if (kept.length >= 2 * CYCLE && last === before) kept.length -= CYCLE;
  }
  return kept;
}
