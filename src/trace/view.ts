/**
 * What a viewer shows at a step: the sockets, the sets of descriptors, who is logged in. It is a
 * fold over events, and nothing else: a trace of any server gives it, a PHP one too.
 * @module
 */

import type { Fd } from '../net/net.js';
import type {
  AcceptStep,
  ArriveStep,
  BlockStep,
  BroadcastStep,
  BrokerStep,
  DealStep,
  DisconnectCause,
  RecvStep,
  SelectStep,
  SendStep,
  TraceEvent,
} from './event.js';

/** How far a socket is, as far as its trace tells. */
export type SocketState =
  | 'listening'
  | 'connected'
  | 'accepted'
  | 'open'
  | 'broker'
  | 'refused'
  | 'left';

/** What lies behind the bytes of a queue and was not taken: FIN, or an error. */
export type QueueEnd = 'fin' | 'reset';

/** A connection that waits in a listener's queue; accept takes the one that waits longest. */
export interface WaitingConnection {
  /** Its number on its network; null when the trace does not tell. */
  readonly connection: number | null;
  /** Bytes that came before it was accepted. */
  readonly queued: number;
  /** What came behind them. */
  readonly end: QueueEnd | null;
}

/** One socket at a step; it is replaced, never changed. Counts are bytes. */
export interface SocketView {
  /** Its descriptor. */
  readonly fd: Fd;
  /**
   * A listener is `listening`; a connection `connected`, and `open` when its handshake is done. Of a stranger's
   * it is not known whether there will be a handshake: `accepted`. The one to a broker is `broker`.
   */
  readonly state: SocketState;
  /** The address of the peer, or of the listener itself. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** The name that it logged in with, as JSON where it was no text; null before. */
  readonly name: string | null;
  /** Why it left; null while it is there. */
  readonly cause: DisconnectCause | null;
  /** What waits in its queue and was not taken: bytes, or a listener's connections; null for unknown. */
  readonly queued: number | null;
  /** What a sample of this turn's select said of the queue, less what was taken since; null for no sample. */
  readonly sampled: number | null;
  /** What waits behind the bytes; null for nothing, or unknown. */
  readonly end: QueueEnd | null;
  /** A listener's connections that wait, the longest first; of others empty. */
  readonly waiting: readonly WaitingConnection[];
  /** What was offered to it and not yet taken by its send buffer. */
  readonly outbox: number;
  /** Bytes that were taken from it. */
  readonly received: number;
  /** Bytes that it took. */
  readonly sent: number;
}

/** Descriptors, for reading and for writing. */
export interface FdLists {
  /** In watch order. */
  readonly read: readonly Fd[];
  /** In watch order. */
  readonly write: readonly Fd[];
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
  /** Those whose frames wait from the turn before: no select sees them, and the turn comes to them too. */
  pending: readonly Fd[];
  /** The answer in which the room last said who is there; `usersOf` reads it. */
  presence: DealStep | null;
  /** Whether the loop stands still in a blocking call, and on which descriptor. */
  blockedOn: Fd | null;
  /** Whether the trace tells what arrives; if not, the queues are unknown. */
  knowsQueues: boolean;
  /** Whether the turn's select has samples of the queues. */
  hasSamples: boolean;
  /** What was last said to clients: a blocking send may have to wait before it takes any of it. */
  broadcast: BroadcastStep | null;
  /** Those who left, and those with something in their outbox: the next select tells what became of them. */
  unsettled: Set<Fd>;
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
    pending: [],
    presence: null,
    blockedOn: null,
    knowsQueues: false,
    hasSamples: false,
    broadcast: null,
    unsettled: new Set(),
  };
}

/** A view of its own, which the fold may go on with. The sockets are shared, since none is changed. */
export function copyView(view: View): View {
  return { ...view, sockets: new Map(view.sockets), unsettled: new Set(view.unsettled) };
}

/** Folds one event into a view, in place. */
export function foldEvent(view: View, event: TraceEvent): void {
  view.position++;
  view.event = event;
  view.turn = event.turn;
  // what the network and the scenario do goes on while the loop stands still
  if (event.step !== 'arrive' && event.step !== 'act') view.blockedOn = null;
  switch (event.step) {
    case 'socket':
      open(view, event.fd, { state: 'listening' });
      return;
    case 'bind':
      change(view, event.fd, { host: event.host, port: event.port });
      return;
    case 'select':
      view.watched = { read: event.read, write: event.write };
      view.ready = { read: event.readyRead, write: event.readyWrite };
      view.pending = event.pending ?? [];
      settle(view);
      foldSamples(view, event);
      return;
    case 'accept':
      foldAccept(view, event);
      return;
    case 'recv':
      foldRecv(view, event);
      return;
    case 'handshake':
      change(view, event.fd, { state: 'refused' in event ? 'refused' : 'open' });
      return;
    case 'deal':
      foldDeal(view, event);
      return;
    case 'broadcast':
      view.broadcast = event;
      return;
    case 'send':
      foldSend(view, event);
      return;
    case 'block':
      foldBlock(view, event);
      return;
    case 'disconnect': {
      const { fd, cause } = event;
      const taken = cause === 'fin' || cause === 'reset'; // the loop has met the end of the queue
      change(view, fd, { state: 'left', cause, ...(taken && { end: null }) });
      view.unsettled.add(fd);
      return;
    }
    case 'arrive':
      foldArrive(view, event);
      return;
    case 'broker':
      foldBroker(view, event);
      return;
    case 'setsockopt':
    case 'listen':
    case 'parse':
    case 'error':
    case 'act':
    case 'again':
    case 'fault':
    case 'wake':
    case 'other':
    case 'call':
    case 'unknown':
      return;
    default:
      event satisfies never;
  }
}

/** Enters a new socket, the last in order; an earlier one of this number is gone. */
function open(view: View, fd: Fd, known: Partial<SocketView>): void {
  view.sockets.delete(fd);
  view.unsettled.delete(fd);
  view.sockets.set(fd, {
    fd,
    state: 'connected',
    host: '',
    port: 0,
    name: null,
    cause: null,
    queued: view.knowsQueues ? 0 : null,
    sampled: null,
    end: null,
    waiting: [],
    outbox: 0,
    received: 0,
    sent: 0,
    ...known,
  });
}

function change(view: View, fd: Fd, changes: Partial<SocketView>): void {
  const socket = view.sockets.get(fd);
  if (socket !== undefined) view.sockets.set(fd, { ...socket, ...changes });
}

/**
 * A turn begins. Who left is shown until now; one whose last bytes wait, until they are gone. Who is
 * not watched for writing has nothing in its outbox, if only because a send has failed.
 */
function settle(view: View): void {
  if (view.unsettled.size === 0) return;
  const read = new Set(view.watched.read);
  const write = new Set(view.watched.write);
  for (const fd of view.unsettled) {
    const hasLeft = view.sockets.get(fd)?.state === 'left';
    if (hasLeft && !read.has(fd) && !write.has(fd)) view.sockets.delete(fd);
    else if (!write.has(fd)) change(view, fd, { outbox: 0 });
    if (!write.has(fd) && !(hasLeft && read.has(fd))) view.unsettled.delete(fd);
  }
}

/** A sample is of its own select: what the one before said is over, with or without another. */
function foldSamples(view: View, { sampled }: SelectStep): void {
  if (sampled === undefined && !view.hasSamples) return;
  view.hasSamples = sampled !== undefined;
  const lengths = new Map(sampled);
  for (const [fd, socket] of view.sockets) {
    const length = lengths.get(fd) ?? null;
    if (length !== socket.sampled) change(view, fd, { sampled: length });
  }
}

/** What came for the connection while it waited is in the queue of its new socket. */
function foldAccept(view: View, { listener, fd, host, port, ...of }: AcceptStep): void {
  const { waiting: before = [], sampled = null } = view.sockets.get(listener) ?? {};
  const [first, ...waiting] = before;
  if (sampled !== null) change(view, listener, { sampled: Math.max(0, sampled - 1) });
  if (view.knowsQueues) change(view, listener, { waiting, queued: waiting.length });
  const state = of.call === undefined && of.inferred === undefined ? 'connected' : 'accepted';
  open(view, fd, { host, port, state, ...(first && { queued: first.queued, end: first.end }) });
}

function foldRecv(view: View, { fd, bytes, length = bytes.length }: RecvStep): void {
  const socket = view.sockets.get(fd);
  if (socket === undefined) return;
  const queued = socket.queued === null ? null : Math.max(0, socket.queued - length);
  const sampled = socket.sampled === null ? null : Math.max(0, socket.sampled - length);
  const end = length === 0 ? null : socket.end; // FIN was taken
  const received = socket.received + length;
  view.sockets.set(fd, { ...socket, received, queued, sampled, end });
}

function foldSend(view: View, { fd, length, taken }: SendStep): void {
  const socket = view.sockets.get(fd);
  if (socket === undefined) return;
  const outbox = Math.max(0, length - taken);
  // most steps of a full room are sends, and this is five times as fast as a spread
  const { state, host, port, name, cause, queued, sampled, end, waiting, received } = socket;
  const sent = socket.sent + taken;
  view.sockets.set(fd, {
    fd,
    state,
    host,
    port,
    name,
    cause,
    queued,
    sampled,
    end,
    waiting,
    outbox,
    received,
    sent,
  });
  if (outbox > 0) view.unsettled.add(fd);
}

/** A send that blocks before a byte was taken has no `send` step: what waits is what is being said. */
function foldBlock(view: View, { fd, syscall }: BlockStep): void {
  view.blockedOn = fd;
  const { broadcast } = view;
  if (syscall !== 'send' || view.sockets.get(fd)?.outbox !== 0) return;
  if (broadcast?.to.includes(fd)) change(view, fd, { outbox: broadcast.bytes.length });
  view.unsettled.add(fd);
}

/** The connection to the broker is watched as any other; the trace tells it by its own steps. */
function foldBroker(view: View, { fd, do: what }: BrokerStep): void {
  if (what === 'connect') open(view, fd, { state: 'broker' });
  else if (what === 'lost') view.sockets.delete(fd);
}

function foldArrive(view: View, event: ArriveStep): void {
  if (!view.knowsQueues) {
    view.knowsQueues = true;
    for (const [fd, { queued }] of view.sockets) change(view, fd, { queued: queued ?? 0 });
  }
  const socket = view.sockets.get(event.fd);
  if (socket === undefined) return;
  if (socket.state !== 'listening') {
    change(view, event.fd, received(socket, event));
    return;
  }
  const waiting = queueWith(socket.waiting, event);
  change(view, event.fd, { waiting, queued: waiting.length });
}

/** SimNet says which connection it is, by a key of its own: one that waits for accept has no fd. */
function queueWith(
  waiting: readonly WaitingConnection[],
  event: ArriveStep & { connection?: unknown },
): readonly WaitingConnection[] {
  const connection = typeof event.connection === 'number' ? event.connection : null;
  if (event.kind === 'connect') return [...waiting, { connection, queued: 0, end: null }];
  if (connection === null) return waiting; // whose it is cannot be known
  return waiting.map((one) =>
    one.connection === connection ? { ...one, ...received(one, event) } : one,
  );
}

/** A queue after something came in. */
function received(
  { queued, end }: { queued: number | null; end: QueueEnd | null },
  { kind, length }: ArriveStep,
): { queued: number; end: QueueEnd | null } {
  return {
    queued: (queued ?? 0) + (kind === 'bytes' ? length : 0),
    end: kind === 'fin' || kind === 'reset' ? kind : end,
  };
}

/** Who is in the room, as the room said last; without those who have no name yet. */
export function usersOf({ presence }: View): string[] {
  const { user_list: users } = readObject(presence?.reply ?? '');
  return Array.isArray(users) ? users.map(nameOf).filter((name) => name !== '') : [];
}

/** A room says in its answer who is there, and at a login whose name it is. */
function foldDeal(view: View, deal: DealStep): void {
  const answer = aboutPresence(deal);
  if (answer?.type === undefined) return;
  view.presence = deal;
  // who is on another loop is told over the connection to the broker, which is nobody's
  const isOfBroker = view.sockets.get(deal.fd)?.state === 'broker';
  if (answer.type === 'login' && !isOfBroker)
    change(view, deal.fd, { name: nameOf(answer.content) });
}

/** The name that an answer of the room gives its client; null where it is no login. */
export function loginOf(deal: DealStep): string | null {
  const answer = aboutPresence(deal);
  return answer?.type === 'login' ? nameOf(answer.content) : null;
}

/** An answer that has the list of users; null for any other. */
function aboutPresence({ reply }: DealStep): Record<string, unknown> | null {
  if (!reply.includes('user_list')) return null; // most answers, which need not be parsed for that
  const answer = readObject(reply);
  return Object.hasOwn(answer, 'user_list') ? answer : null;
}

/** The original takes any JSON value for a name: D18 of its defects. */
function nameOf(value: unknown): string {
  return typeof value === 'string' ? value : (jsonOf(value) ?? '');
}

/** The longest value that is written, in characters. */
const LONGEST = 10_000;

/** A value as JSON; `…` for one that is too long, or nests deeper than some engines can walk. */
export function jsonOf(value: unknown): string | undefined {
  try {
    const json = JSON.stringify(value);
    return json === undefined || json.length <= LONGEST ? json : '…';
  } catch {
    return '…';
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
