/**
 * What a viewer shows at a step: the sockets, the sets of descriptors, who is logged in. It is a
 * fold over events, and nothing else: a trace of any server gives it, a PHP one too.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { DealStep, DisconnectCause, TraceEvent } from './event.js';

/** How far a socket is, as far as its trace tells. */
export type SocketState = 'listening' | 'connected' | 'open' | 'refused' | 'left';

/** One socket at a step. Counts are bytes. */
export interface SocketView {
  /** Its descriptor. */
  fd: Fd;
  /** A listener is `listening`; a connection `connected`, and `open` when its handshake is done. */
  state: SocketState;
  /** The address of the peer, or of the listener itself. */
  host: string;
  /** The port. */
  port: number;
  /** The name that it logged in with; null before. */
  name: string | null;
  /** Why it left; null while it is there. */
  cause: DisconnectCause | null;
  /** What waits in its queue and was not taken: bytes, or a listener's connections; null for unknown. */
  queued: number | null;
  /** What was offered to it and not yet taken by its send buffer. */
  outbox: number;
  /** Bytes that were taken from it. */
  received: number;
  /** Bytes that it took. */
  sent: number;
}

/** Descriptors, for reading and for writing. */
export interface FdLists {
  /** In watch order. */
  read: Fd[];
  /** In watch order. */
  write: Fd[];
}

/** Everything at a step. */
export interface View {
  /** How many events were folded into it. */
  position: number;
  /** The last of them; null before the first. */
  event: TraceEvent | null;
  /** The call of select that it belongs to. */
  turn: number;
  /** By descriptor, in the order of opening. */
  sockets: Map<Fd, SocketView>;
  /** The sets that the turn's select was given. */
  watched: FdLists;
  /** What it left in them. */
  ready: FdLists;
  /** Who is in the room, as the room said last. */
  users: string[];
  /** Whether the loop stands still in a blocking call, and on which descriptor. */
  blockedOn: Fd | null;
  /** Whether the trace tells what arrives; if not, the queues are unknown. */
  knowsQueues: boolean;
}

/** The view before the first event. */
export function emptyView(): View {
  return {
    position: 0,
    event: null,
    turn: 0,
    sockets: new Map(),
    watched: { read: [], write: [] },
    ready: { read: [], write: [] },
    users: [],
    blockedOn: null,
    knowsQueues: false,
  };
}

/** A view of its own, which the fold may go on with. */
export function copyView(view: View): View {
  const sockets = new Map([...view.sockets].map(([fd, socket]) => [fd, { ...socket }]));
  return { ...view, sockets };
}

/** Folds one event into a view, in place. */
export function foldEvent(view: View, event: TraceEvent): void {
  view.position++;
  view.event = event;
  view.turn = event.turn;
  if (event.step !== 'block') view.blockedOn = null;
  const socket = 'fd' in event ? view.sockets.get(event.fd) : undefined;
  switch (event.step) {
    case 'socket':
      view.sockets.set(event.fd, newSocket(event.fd, 'listening', '', 0, view));
      return;
    case 'bind':
      if (socket !== undefined) Object.assign(socket, { host: event.host, port: event.port });
      return;
    case 'select':
      view.watched = { read: event.read, write: event.write };
      view.ready = { read: event.readyRead, write: event.readyWrite };
      dropThoseWhoLeft(view);
      return;
    case 'accept': {
      const waiting = view.sockets.get(event.listener);
      if (waiting?.queued != null) waiting.queued--;
      const { fd, host, port } = event;
      view.sockets.delete(fd); // an earlier socket of this number: the new one is the last in order
      view.sockets.set(fd, newSocket(fd, 'connected', host, port, view));
      return;
    }
    case 'recv':
      if (socket === undefined) return;
      socket.received += event.bytes.length;
      if (socket.queued !== null) socket.queued -= event.bytes.length;
      return;
    case 'handshake':
      if (socket !== undefined) socket.state = 'refused' in event ? 'refused' : 'open';
      return;
    case 'deal':
      foldDeal(view, event);
      return;
    case 'send':
      if (socket === undefined) return;
      socket.sent += event.taken;
      socket.outbox = event.length - event.taken;
      return;
    case 'block':
      view.blockedOn = event.fd;
      return;
    case 'disconnect':
      if (socket !== undefined) Object.assign(socket, { state: 'left', cause: event.cause });
      return;
    case 'arrive':
      foldArrive(view, socket, event.kind, event.length);
      return;
    case 'setsockopt':
    case 'listen':
    case 'parse':
    case 'broadcast':
    case 'error':
    case 'act':
      return;
  }
}

function newSocket(fd: Fd, state: SocketState, host: string, port: number, view: View): SocketView {
  const queued = view.knowsQueues ? 0 : null;
  return {
    fd,
    state,
    host,
    port,
    name: null,
    cause: null,
    queued,
    outbox: 0,
    received: 0,
    sent: 0,
  };
}

/** Who left is shown until the next turn begins; one whose last bytes wait, until they are gone. */
function dropThoseWhoLeft(view: View): void {
  for (const { fd, state } of [...view.sockets.values()]) {
    const watched = view.watched.read.includes(fd) || view.watched.write.includes(fd);
    if (state === 'left' && !watched) view.sockets.delete(fd);
  }
}

function foldArrive(
  view: View,
  socket: SocketView | undefined,
  kind: 'connect' | 'bytes' | 'fin' | 'reset',
  length: number,
): void {
  if (!view.knowsQueues) {
    view.knowsQueues = true;
    for (const one of view.sockets.values()) one.queued ??= 0;
  }
  if (socket === undefined) return;
  if (kind === 'connect') socket.queued = (socket.queued ?? 0) + 1;
  if (kind === 'bytes') socket.queued = (socket.queued ?? 0) + length;
}

/** A room says who is there in its answers; whose name it is, the message says. */
function foldDeal(view: View, { fd, message, reply }: DealStep): void {
  const answer = readObject(reply);
  if (Array.isArray(answer.user_list)) {
    view.users = answer.user_list.filter((name) => typeof name === 'string' && name !== '');
  }
  const socket = view.sockets.get(fd);
  const said = readObject(message);
  if (answer.type === 'login' && socket !== undefined && typeof said.content === 'string') {
    socket.name = said.content;
  }
}

function readObject(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
