/**
 * The sockets on the stage: which are drawn, which are folded into one, and what is in each pipe.
 * @module
 */

import type { Fd } from '../../net/net.js';
import type { SelectStep, TraceEvent } from '../../trace/event.js';
import type { SocketState, SocketView, View } from '../../trace/view.js';
import { type Block, type Blocks, blocksOf, NO_BLOCKS, offeredBlocks, sign } from './blocks.js';
import { lastUpTo, type Track, type Tracks } from './tracks.js';

/**
 * A descriptor in one of the sets: not in it; `watched` while select waits; `ready` when select left it
 * in the set, and `served` once the turn has come to it; `taken` where select took it out.
 */
export type Lamp = 'none' | 'watched' | 'ready' | 'served' | 'taken';

/** A pipe: what waits in it. */
export interface Pipe extends Blocks {
  /** Bytes, or a listener's connections; null where the trace does not tell. */
  readonly amount: number | null;
  /** Whether it is what a sample said, and not what is known. */
  readonly isSample: boolean;
}

/** A socket. */
export interface Lane {
  readonly fd: Fd;
  readonly state: SocketState;
  /** Its name as it came; null for none. */
  readonly name: string | null;
  /** Whether the step is about it. */
  readonly isPresent: boolean;
  /** Whether the loop stands still for it. */
  readonly isBlocking: boolean;
  readonly read: Lamp;
  readonly write: Lamp;
  /** What waits in the kernel, the oldest first. */
  readonly queue: Pipe;
  /** What lies behind the bytes of the queue. */
  readonly end: 'fin' | 'reset' | null;
  /** What the program has taken and cannot read yet: a frame, or a head, that is not whole. */
  readonly held: readonly Block[];
  /** What the program could not hand on yet, the oldest first. */
  readonly outbox: Pipe;
  /** What the step has handed on. */
  readonly passing: readonly Block[];
}

/** Sockets that nothing happens to. */
export interface Fold {
  /** Each with its lamps. */
  readonly sockets: readonly { readonly fd: Fd; readonly read: Lamp; readonly write: Lamp }[];
  /** Whether the step is about one or more of them. */
  readonly isPresent: boolean;
}

/** As far back is looked for what a turn has touched. */
const FAR = 300;

/** Chooses who is drawn. @param coming the select that the server waits in, if it does */
export function lanesOf(
  tracks: Tracks,
  view: View,
  coming: SelectStep | null,
  most: number,
): { lanes: Lane[]; fold: Fold | null } {
  const all = [...view.sockets.values()];
  const touched = touchedBy(tracks.events, view);
  const lamps = lampsOf(view, coming, touched.served);
  let chosen = all;
  if (all.length > most) {
    const weight = (socket: SocketView): number =>
      weightOf(view, socket, lamps(socket.fd)) + (touched.order.get(socket.fd) ?? 0);
    const heaviest = all.map((socket) => [weight(socket), socket] as const);
    heaviest.sort(([a], [b]) => b - a); // stable: of equals who came first
    const kept = new Set(heaviest.slice(0, most - 1).map(([, socket]) => socket));
    chosen = all.filter((socket) => kept.has(socket));
  }
  const kept = new Set(chosen);
  const others = all.filter((socket) => !kept.has(socket));
  return {
    lanes: chosen.map((socket) => laneOf(tracks, view, socket, lamps(socket.fd))),
    fold: others.length === 0 ? null : foldOf(view, others, lamps),
  };
}

/** The others, as one. */
function foldOf(view: View, others: readonly SocketView[], lamps: (fd: Fd) => Lamps): Fold {
  return {
    sockets: others.map(({ fd }) => ({ fd, ...lamps(fd) })),
    isPresent: others.some((socket) => isPresent(view, socket)),
  };
}

interface Lamps {
  read: Lamp;
  write: Lamp;
}

/** While the server waits, both sets are what select was given; after it, what select left of them. */
function lampsOf(
  view: View,
  coming: SelectStep | null,
  served: ReadonlySet<Fd>,
): (fd: Fd) => Lamps {
  if (coming !== null) {
    const [read, write] = [new Set(coming.read), new Set(coming.write)];
    const lamp = (isIn: boolean): Lamp => (isIn ? 'watched' : 'none');
    return (fd) => ({ read: lamp(read.has(fd)), write: lamp(write.has(fd)) });
  }
  const { watched, ready } = view;
  const [read, write, readyRead, readyWrite] = [
    watched.read,
    watched.write,
    ready.read,
    ready.write,
  ].map((list) => new Set(list)) as [Set<Fd>, Set<Fd>, Set<Fd>, Set<Fd>];
  const lamp = (isIn: boolean, isReady: boolean, isServed: boolean): Lamp => {
    if (isReady) return isServed ? 'served' : 'ready';
    return isIn ? 'taken' : 'none';
  };
  return (fd) => ({
    read: lamp(read.has(fd), readyRead.has(fd), served.has(fd)),
    write: lamp(write.has(fd), readyWrite.has(fd), false),
  });
}

/** Whom the turn has come to: the later, the higher; and whose turn to be read is over. */
function touchedBy(
  events: readonly TraceEvent[],
  { position }: View,
): { order: Map<Fd, number>; served: Set<Fd> } {
  const order = new Map<Fd, number>();
  const served = new Set<Fd>();
  for (let i = position - 1; i >= 0 && i > position - FAR; i--) {
    const event = events[i] as TraceEvent;
    if (event.step === 'select') break;
    if (event.step === 'accept') served.add(event.listener);
    if (event.step === 'recv' || event.step === 'disconnect') served.add(event.fd);
    if ('fd' in event && !order.has(event.fd)) order.set(event.fd, 10 - 10 / (FAR + i - position));
  }
  return { order, served };
}

function isPresent({ event }: View, { fd }: SocketView): boolean {
  if (event === null) return false;
  if (event.step === 'accept' && event.listener === fd) return true;
  if (event.step === 'broadcast') return event.to.includes(fd);
  return 'fd' in event && event.fd === fd;
}

/** What is of interest stands above what is not. */
function weightOf(view: View, socket: SocketView, { read, write }: Lamps): number {
  const { fd, state, queued, end, outbox } = socket;
  const isAlone = view.event?.step !== 'broadcast';
  return (
    (isAlone && isPresent(view, socket) ? 1_000 : 0) +
    (fd === view.blockedOn ? 900 : 0) +
    (state === 'listening' ? 800 : 0) +
    (read === 'ready' ? 100 : 0) +
    (write === 'ready' ? 60 : 0) +
    (end !== null ? 50 : 0) +
    (outbox > 0 ? 40 : 0) +
    ((queued ?? 0) > 0 ? 30 : 0) +
    (state === 'left' || state === 'refused' ? 20 : 0)
  );
}

function laneOf(tracks: Tracks, view: View, socket: SocketView, lamps: Lamps): Lane {
  const { fd, state, name, end } = socket;
  const index = view.position - 1;
  const track = state === 'listening' ? undefined : tracks.trackAt(fd, index);
  return {
    fd,
    state,
    name,
    isPresent: isPresent(view, socket),
    isBlocking: fd === view.blockedOn,
    ...lamps,
    queue: queueOf(socket, track),
    end,
    held: track === undefined ? [] : heldOf(view, socket, track),
    ...outOf(tracks, view, socket, track),
  };
}

function queueOf(socket: SocketView, track: Track | undefined): Pipe {
  const { state, queued, sampled, received, waiting, fd } = socket;
  const amount = queued ?? sampled;
  const isSample = queued === null && sampled !== null;
  if (amount === null || amount === 0) return { amount, isSample, ...NO_BLOCKS };
  if (state === 'listening') {
    const all = Array.from({ length: Math.min(amount, 6) }, (_, i) =>
      sign(`waits-${fd}-${waiting[i]?.connection ?? i}`, 'connection'),
    );
    return { amount, isSample, blocks: all, more: amount - all.length };
  }
  if (track === undefined) return { amount, isSample, ...NO_BLOCKS };
  const key = `in-${track.opened}`;
  return { amount, isSample, ...blocksOf(key, track.stream, received, received + amount) };
}

/** What was taken before this step and is not read yet. */
function heldOf(
  { event, position }: View,
  { fd, received }: SocketView,
  track: Track,
): readonly Block[] {
  const taken = event?.step === 'recv' && event.fd === fd ? event.bytes.length : 0;
  const read = track.readTo[lastUpTo(track.readAt, position - 1)] ?? 0;
  return blocksOf(`in-${track.opened}`, track.stream, read, received - taken).blocks;
}

function outOf(
  { events }: Tracks,
  { event, position }: View,
  { fd, outbox }: SocketView,
  track: Track | undefined,
): { outbox: Pipe; passing: readonly Block[] } {
  const none = { amount: outbox, isSample: false, ...NO_BLOCKS };
  if (track === undefined) return { outbox: none, passing: [] };
  const index = position - 1;
  const taken = event?.step === 'send' && event.fd === fd ? event.taken : 0;
  const length = taken + outbox;
  const waits = offeredBlocks(events, track, index, length, [taken, length]);
  const passing = offeredBlocks(events, track, index, length, [0, taken]).blocks;
  return { outbox: { ...none, ...waits }, passing };
}
