/**
 * What a server is at, seen from outside: whether it has dealt with all that it was sent. On Linux
 * the kernel knows, in /proc; elsewhere only time tells. It sends nothing and stops nothing.
 * @module
 */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Connected, Opponent, OpponentState } from '../scenario/opponent.js';
import { Failure } from './failure.js';

/** A server that changes nothing for so long is taken to be done, in milliseconds. */
const QUIET_MS = 150;

/**
 * A call that has not moved for so long stands still, in milliseconds: more than the 200 that a
 * delayed acknowledgement may take (TCP_DELACK_MAX), behind which a write may go on by itself.
 */
const STALL_MS = 250;

/** One line of /proc/net/tcp: one end of a connection, or a listener. */
export interface TcpEntry {
  localPort: number;
  remotePort: number;
  /** The kernel's number: see `TcpState`. */
  state: number;
  /** Bytes not acknowledged yet, with FIN as one more. */
  sendQueue: number;
  /** Bytes not read yet, with FIN as one more; of a listener, connections not accepted yet. */
  recvQueue: number;
  inode: number;
}

/** The states that are asked for here; include/net/tcp_states.h. */
const TcpState = {
  established: 1,
  synRecv: 3,
  finWait1: 4,
  closeWait: 8,
  lastAck: 9,
  listen: 10,
  closing: 11,
} as const;

/** Reads a table as the kernel prints it. */
export function parseTcpTable(text: string): TcpEntry[] {
  const row =
    /^\s*\d+: [\dA-F]+:([\dA-F]{4}) [\dA-F]+:([\dA-F]{4}) ([\dA-F]{2}) ([\dA-F]{8}):([\dA-F]{8}) \S+ \S+\s+\d+\s+\d+ (\d+)/gm;
  return Array.from(text.matchAll(row), ([, ...fields]) => {
    const [localPort = 0, remotePort = 0, state = 0, sendQueue = 0, recvQueue = 0] = fields
      .slice(0, 5)
      .map((field) => Number.parseInt(field, 16));
    return { localPort, remotePort, state, sendQueue, recvQueue, inode: Number(fields[5]) };
  });
}

/**
 * The kernel's tables of sockets. It takes milliseconds to make one, however few sockets there are:
 * the kernel looks through its whole hash table, which is sized by the machine's memory.
 */
const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** Sockets of this machine; null where there is no such table. */
function readTcpTable(paths: readonly string[] = TABLES): TcpEntry[] | null {
  const texts = paths.map(read).filter((text) => text !== null);
  return texts.length === 0 ? null : parseTcpTable(texts.join(''));
}

/**
 * Tells whether what a server wrote has come to its client, although it is not acknowledged yet.
 *
 * The kernel tells only how much is not acknowledged, and a receiver may put that off for 40 ms. It
 * may have come; or it is a second small write, which Nagle's algorithm holds back until the first
 * is acknowledged (RFC 896). So count: everything has come when what is not acknowledged is what
 * the client has got since what is. How far that is, is not told either; but a client
 * acknowledges all that it has got, and does so whenever it sends. Where the sums do not meet, the
 * acknowledgement is waited for.
 */
export class Arrivals {
  /** By port: how the sums stood when all had come last. */
  readonly #marks = new Map<number, { acknowledged: number; received: number; sent: number }>();

  /** @param unacknowledged bytes in the server's send queue */
  areComplete({ port, received, sent }: Connected, unacknowledged: number): boolean {
    if (unacknowledged === 0) return true;
    const mark = this.#marks.get(port) ?? { acknowledged: 0, received: 0, sent: 0 };
    const possible = sent > mark.sent ? [mark.received] : [mark.acknowledged, mark.received];
    return possible.some((acknowledged) => received - acknowledged === unacknowledged);
  }

  /** Keeps the sums of a moment when all has come. */
  remember({ port, received, sent }: Connected, unacknowledged: number): void {
    this.#marks.set(port, { acknowledged: received - unacknowledged, received, sent });
  }
}

/** What is still on its way between the clients and the server. */
interface Traffic {
  /** Sent by a client, and not yet in the server's queues. */
  toServer: boolean;
  /** In the server's queues, and not yet taken out by recv or accept. */
  unread: boolean;
  /** Sent by the server to a client that reads, and not yet read. */
  toClients: boolean;
}

/** Works out what is on its way. Ports tell the connections apart: a client's is used once. */
export function trafficOf(
  table: readonly TcpEntry[],
  port: number,
  connections: readonly Connected[],
  arrivals: Arrivals,
): Traffic {
  const serverEnds = serverEndsOf(table, port);
  const clientEnds = new Map<number, TcpEntry>();
  for (const entry of table) if (entry.remotePort === port) clientEnds.set(entry.localPort, entry);
  const backlog = table.filter((entry) => isListener(entry, port) && entry.recvQueue > 0);
  const traffic: Traffic = { toServer: false, unread: backlog.length > 0, toClients: false };
  for (const client of connections) {
    const [atServer, atClient] = [serverEnds.get(client.port), clientEnds.get(client.port)];
    if (isOnWayToServer(client, atServer, atClient)) traffic.toServer = true;
    if ((atServer?.recvQueue ?? 0) > 0) traffic.unread = true;
    if (isOnWayToClient(client, atServer, atClient, arrivals)) traffic.toClients = true;
  }
  return traffic;
}

/** The server's ends of the connections, by the port of the client. */
function serverEndsOf(table: readonly TcpEntry[], port: number): Map<number, TcpEntry> {
  const entries = table.filter(({ localPort }) => localPort === port);
  return new Map(entries.map((entry) => [entry.remotePort, entry]));
}

function isListener({ localPort, state }: TcpEntry, port: number): boolean {
  return localPort === port && state === TcpState.listen;
}

/** Whether neither end has closed, as far as this one knows. */
function isOpen(entry: TcpEntry | undefined): entry is TcpEntry {
  return entry?.state === TcpState.established || entry?.state === TcpState.closeWait;
}

function isOnWayToServer(
  { ended }: Connected,
  atServer: TcpEntry | undefined,
  atClient: TcpEntry | undefined,
): boolean {
  if (atServer?.state === TcpState.synRecv) return true; // there is no place in the backlog yet
  if (ended !== null && isOpen(atClient)) return true; // its FIN is not sent yet
  if (ended === 'reset' && isOpen(atServer)) return true; // RST takes the entry away
  return (atClient?.sendQueue ?? 0) > 0;
}

function isOnWayToClient(
  client: Connected,
  atServer: TcpEntry | undefined,
  atClient: TcpEntry | undefined,
  arrivals: Arrivals,
): boolean {
  const isOver = client.ended === 'close' || client.ended === 'reset';
  if (!client.reading || isOver || client.endedByServer !== null) return false;
  if ((atClient?.recvQueue ?? 0) > 0) return true;
  switch (atServer?.state) {
    case TcpState.finWait1:
    case TcpState.lastAck:
    case TcpState.closing:
      return true; // FIN comes last, and it has not come
    case TcpState.established:
    case TcpState.closeWait:
      return !arrivals.areComplete(client, atServer.sendQueue);
    default:
      return false;
  }
}

/** System calls by what it means to sleep in them, by architecture; asm/unistd.h. */
const SYSCALLS: Partial<Record<NodeJS.Architecture, { waits: number[]; blocks: number[] }>> = {
  x64: {
    waits: [7, 23, 232, 270, 271, 281, 441], // poll select epoll_wait pselect6 ppoll epoll_pwait(2)
    blocks: [0, 1, 20, 43, 44, 45, 46, 288], // read write writev accept sendto recvfrom sendmsg accept4
  },
  arm64: {
    waits: [22, 72, 73, 441], // epoll_pwait pselect6 ppoll epoll_pwait2
    blocks: [63, 64, 66, 202, 206, 207, 211, 242], // in the order of x64
  },
};

/** How a process sleeps, and a text that changes whenever it has run in between. */
interface Sleep {
  /** It `waits` in select and the like, `blocks` in a call on one socket, or `rests` in another one. */
  how: 'waits' | 'blocks' | 'rests';
  sinceWhen: string;
}

/**
 * Looks how a process sleeps, all its threads.
 *
 * @throws Error what /proc says when this may not be looked at, or is not there
 */
function sleepOf(pid: number): Sleep | 'busy' | 'dead' {
  const calls = SYSCALLS[process.arch];
  if (calls === undefined)
    throw new Error(`bug: the system calls of ${process.arch} are not known`);
  const threads = list(`/proc/${pid}/task`);
  if (threads.length === 0) return 'dead';
  const numbers: number[] = [];
  const seen: string[] = [];
  for (const thread of threads) {
    const path = `/proc/${pid}/task/${thread}`;
    const syscall = readFileSync(`${path}/syscall`, 'latin1'); // `running`, or number and arguments
    const status = readFileSync(`${path}/status`, 'latin1');
    const state = /^State:\t(\w)/m.exec(status)?.[1];
    if (state === 'Z' || state === 'X') return 'dead';
    // T and t are stopped, by a signal or by a tracer: what they are in, they may just leave
    if (state !== 'S' || syscall.startsWith('running')) return 'busy';
    numbers.push(Number.parseInt(syscall, 10));
    seen.push(syscall, ...(status.match(/^\w+_ctxt_switches:.*$/gm) ?? []));
  }
  const isIn = (some: readonly number[]): boolean => numbers.some((one) => some.includes(one));
  const how = isIn(calls.blocks) ? 'blocks' : isIn(calls.waits) ? 'waits' : 'rests';
  return { how, sinceWhen: seen.join() };
}

/** Since when something has been as it is. */
class Steady {
  readonly #now: () => number;
  #what: string | null = null;
  #since = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns milliseconds for which it has been this, as far as it was asked */
  ms(what: string): number {
    const now = this.#now();
    if (what !== this.#what) this.#since = now;
    this.#what = what;
    return now - this.#since;
  }
}

/** Takes a server for idle when nothing has come or gone for 150 ms: all that can be told without /proc. */
export class QuietProbe {
  readonly #steady: Steady;

  /** @param now milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#steady = new Steady(now);
  }

  state(connections: readonly Connected[]): OpponentState {
    const counts = connections.map(({ port, sent, received, ended, endedByServer }) =>
      [port, sent, received, ended, endedByServer].join(),
    );
    return this.#steady.ms(counts.join(';')) >= QUIET_MS ? 'idle' : 'busy';
  }
}

/**
 * Asks the kernel whether a server is done.
 *
 * Why `idle` is sound: the process is looked at, then the queues, twice, then the process again. If
 * it slept in select and has not run in between, then it took nothing out of the queues while they
 * were looked at. So empty queues mean that all which was sent had come and was taken out before;
 * and what it takes out it deals with before it sleeps in select again. Twice, because making a table
 * takes time, in which a segment can move from an end that is still to be looked at to one that was:
 * what the server had not sent at the first look is with the client at the second. A RST leaves no
 * queue, but takes the server's entry out of the table and wakes the process in one moment.
 *
 * A server may leave a queue alone for ever: a descriptor beyond FD_SETSIZE, a FIN that it does not
 * look at. One that has slept in select for 150 ms all the same, without having run, is idle too:
 * select is level-triggered, and would have returned for what it watches. And one that does not
 * stay asleep, but asks and naps in turn, is idle when for 150 ms nothing has come or gone.
 */
export class KernelProbe {
  readonly #pid: number;
  readonly #port: number;
  readonly #tables: readonly string[];
  readonly #steady: Steady;
  readonly #quiet: QuietProbe;
  readonly #arrivals = new Arrivals();

  /**
   * Only where there is /proc and the architecture is known; `ServerProbe` looks.
   *
   * @param pid the process that listens
   * @param port the port where it listens
   * @param now milliseconds
   */
  constructor(pid: number, port: number, now: () => number = () => performance.now()) {
    this.#pid = pid;
    this.#port = port;
    this.#steady = new Steady(now);
    this.#quiet = new QuietProbe(now);
    const isIpv6 = readTcpTable(['/proc/net/tcp6'])?.some((entry) => isListener(entry, port));
    this.#tables = isIpv6 ? TABLES : TABLES.slice(0, 1); // an IPv4 client's end is in the first
  }

  /** @returns null where the kernel does not tell */
  state(connections: readonly Connected[]): OpponentState | null {
    try {
      const sleep = sleepOf(this.#pid);
      return typeof sleep === 'string' ? sleep : this.#asleep(sleep, connections);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error; // a fault of ours
      return code === 'ENOENT' || code === 'ESRCH' ? 'busy' : null; // a thread ended meanwhile
    }
  }

  #asleep(sleep: Sleep, connections: readonly Connected[]): OpponentState {
    const since = {
      sleepMs: this.#steady.ms(sleep.sinceWhen),
      quiet: this.#quiet.state(connections),
    };
    const look = (table: readonly TcpEntry[]): Traffic =>
      trafficOf(table, this.#port, connections, this.#arrivals);
    const state = judge(sleep, since, look(this.#table()));
    if (state === 'busy') return state;
    const table = this.#table();
    const traffic = look(table);
    const after = sleepOf(this.#pid);
    if (typeof after === 'string') return after;
    if (after.sinceWhen !== sleep.sinceWhen) return isOver(traffic) ? since.quiet : 'busy';
    if (judge(sleep, since, traffic) !== state) return 'busy';
    this.#remember(connections, table);
    return state;
  }

  #remember(connections: readonly Connected[], table: readonly TcpEntry[]): void {
    const serverEnds = serverEndsOf(table, this.#port);
    for (const client of connections) {
      const atServer = serverEnds.get(client.port);
      if (client.reading && isOpen(atServer)) this.#arrivals.remember(client, atServer.sendQueue);
    }
  }

  #table(): TcpEntry[] {
    const table = readTcpTable(this.#tables);
    if (table === null) throw new Error('bug: there is no table of sockets here');
    return table;
  }
}

/** What a process is at that sleeps, has slept for some time, and left this on its way. */
function judge(
  { how }: Sleep,
  { sleepMs, quiet }: { sleepMs: number; quiet: OpponentState },
  traffic: Traffic,
): OpponentState {
  if (traffic.toClients) return 'busy';
  switch (how) {
    case 'waits':
      return isOver(traffic) || sleepMs >= QUIET_MS ? 'idle' : 'busy';
    case 'blocks':
      return sleepMs >= STALL_MS ? 'stalled' : 'busy';
    case 'rests':
      return isOver(traffic) ? quiet : 'busy';
  }
}

function isOver({ toServer, unread, toClients }: Traffic): boolean {
  return !toServer && !unread && !toClients;
}

/** Asks the kernel as long as it tells, and else the clock. */
export class ServerProbe {
  #kernel: KernelProbe | null;
  readonly #quiet: QuietProbe;

  /** @param pid the process that listens; null when it is not known */
  constructor(pid: number | null, port: number, now?: () => number) {
    const tells = SYSCALLS[process.arch] !== undefined && hasTcpTable();
    this.#kernel = pid === null || !tells ? null : new KernelProbe(pid, port, now);
    this.#quiet = new QuietProbe(now);
  }

  state(connections: readonly Connected[]): OpponentState {
    const state = this.#kernel?.state(connections) ?? null;
    if (state !== null) return state;
    this.#kernel = null; // it will not tell next time either
    return this.#quiet.state(connections);
  }
}

/**
 * Stops a process, and returns once it stands: it may still look at its descriptors on its way out of
 * select, and would then find some of what is sent next, and not the rest.
 */
export function stopProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGSTOP');
  } catch {
    return; // it has ended, as its state tells
  }
  const deadline = performance.now() + 100;
  while (performance.now() < deadline) {
    const status = read(`/proc/${pid}/status`);
    if (status === null) break;
    if (/^State:\t[Tt]/m.test(status)) return; // t when it is traced
  }
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20); // without /proc: long enough
}

/**
 * Finds the process that listens on a port.
 *
 * @param group only processes of this process group
 * @returns null when there is none, more than one, or one that this user may not look at
 */
export function listenerPid(port: number, group?: number): number | null {
  const sockets = (readTcpTable() ?? [])
    .filter((entry) => isListener(entry, port))
    .map(({ inode }) => `socket:[${inode}]`);
  if (sockets.length === 0) return null;
  const holders = list('/proc')
    .filter((name) => /^\d+$/.test(name) && (group === undefined || statOf(name)?.group === group))
    .filter((pid) => list(`/proc/${pid}/fd`).some((fd) => sockets.includes(fdTarget(pid, fd))));
  return holders.length === 1 ? Number(holders[0]) : null;
}

/** Whether the kernel has a table of its sockets here. */
export function hasTcpTable(): boolean {
  return readTcpTable() !== null;
}

/**
 * Whether a process group has somebody left who runs; one that has ended and was not waited for does
 * not count.
 *
 * @returns null where /proc does not tell
 */
export function isGroupAlive(group: number): boolean | null {
  if (read('/proc/self/stat') === null) return null;
  return list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .some((stat) => stat?.group === group && stat.state !== 'Z' && stat.state !== 'X');
}

/** What stands behind the name in parentheses, which may hold anything: state, parent, group. */
function statOf(pid: string): { state: string; group: number } | null {
  const stat = read(`/proc/${pid}/stat`);
  const [state = '', , group] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return stat === null ? null : { state, group: Number(group) };
}

function fdTarget(pid: string, fd: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return ''; // closed since the list was made
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return null;
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** A server that runs already. It is asked, where it is on this machine, and never touched. */
export function tcpOpponent(host: string, port: number): Opponent {
  const isHere = /^(127\.|::1$|localhost$)/.test(host);
  const pid = isHere ? listenerPid(port) : null;
  const probe = new ServerProbe(pid === process.pid ? null : pid, port);
  const refuse = (): never => {
    throw new Failure(`${host}:${port} is not ours to stop: pausing takes a server of php:PATH`, 2);
  };
  return {
    address: { host, port },
    state: (connections) => probe.state(connections),
    pause: refuse,
    resume: refuse,
  };
}
