/**
 * From calls to loops: each thread that waits in select, poll or epoll on TCP sockets is one, and what
 * it does between two waits is a turn. Its steps are those of a trace, in the order of the calls; what
 * is worked out from bytes is marked so. In bounded memory, whatever the program does.
 * @module
 */

import { Conversation } from '../inspect/passing.js';
import { stepsOfPassing } from '../inspect/passing-steps.js';
import type { Fd } from '../net/net.js';
import { room } from '../texts/room.en.js';
import type { DisconnectCause, Step, TraceEvent } from '../trace/event.js';
import type { Role } from '../websocket/frame.js';
import type { Call, Told } from './calls.js';
import type { OpenFile } from './files.js';
import { Kernel } from './kernel.js';
import { readTransfer, type Transfer } from './transfers.js';
import { numberOf, wordOf } from './values.js';
import { readWait, type Wait } from './waits.js';

/** An event, and whose loop it is of. */
export interface LoopEvent {
  /** The loop's, from 1, in the order in which they came to wait. */
  readonly number: number;
  /** The thread that waits. */
  readonly pid: number;
  readonly event: TraceEvent;
}

/** A call on a descriptor that may wait stood still if it took so long, in milliseconds. */
export const STOOD_MS = 20;

/** What else a turn does is told where it took so long, in milliseconds. */
const WORTH_MS = 1;

/** Loops that are told; a program with more threads that wait is told in part. */
const MOST_LOOPS = 256;

/** Connections whose bytes are read as frames, in each loop. */
const MOST_CONVERSATIONS = 2_000;

/** Bytes of a step that a trace keeps. */
const MOST_BYTES = 65_536;

/** What a connection has said. */
interface Peer {
  readonly file: OpenFile;
  /** Null where a byte is missing, or where it is no WebSocket. */
  conversation: Conversation | null;
  ended: 'fin' | 'reset' | null;
}

/** Takes what the calls tell, and gives the steps of all loops. */
export class Loops {
  readonly kernel = new Kernel();
  readonly #loops = new Map<number, Loop>();
  /** Descriptors of TCP that a thread without a loop has waited for in accept or recv. */
  #blocking = 0;
  #start: number | null = null;
  #count = 0;

  /** Calls of accept and recv in threads that have no loop: a thread for each client, maybe. */
  get blocking(): number {
    return this.#blocking;
  }

  take(told: Told): LoopEvent[] {
    const steps: LoopEvent[] = [];
    if (told.state === 'exited') {
      this.#loops.delete(told.pid); // its number may come again, as another's
      this.kernel.exited(told);
      return steps;
    }
    const loop = this.#loops.get(told.pid) ?? this.#newLoop(told);
    if (loop !== null) this.#start ??= told.began;
    const t = Math.max(0, 1_000 * (told.began - (this.#start ?? 0)) + (told.took ?? 0));
    const tell = (events: TraceEvent[]) => {
      const number = loop?.number ?? 0;
      for (const event of events) steps.push({ number, pid: told.pid, event });
    };
    if (loop !== null) tell(loop.before(told, t));
    else if (this.#blocks(told)) this.#blocking++;
    this.kernel.apply(told);
    if (loop !== null) tell(loop.after(told, t));
    return steps;
  }

  /** A thread's first wait for a TCP socket makes it a loop. */
  #newLoop(call: Call): Loop | null {
    if (this.#count >= MOST_LOOPS) return null;
    const wait = readWait(call, this.kernel);
    if (wait === null) return null;
    const kinds = [...wait.read, ...wait.write].map((fd) => this.#kindOf(call, fd));
    if (!kinds.includes('listener') && !kinds.includes('connection')) return null;
    const loop = new Loop(++this.#count, call.pid, this.kernel, wait.family);
    this.#loops.set(call.pid, loop);
    return loop;
  }

  /** In the sets of a wait descriptors stand, and with -yy what they are. */
  #kindOf(call: Call, fd: Fd): string | undefined {
    for (const arg of call.args) {
      if (arg.kind !== 'list') continue;
      for (const value of arg.values) {
        const one = value.kind === 'struct' ? value.fields.get('fd') : value;
        if (numberOf(one) === fd) this.kernel.fileOfValue(call.pid, one);
      }
    }
    return this.kernel.fileOf(call.pid, fd)?.kind;
  }

  #blocks({ pid, name, args }: Call): boolean {
    if (!/^(?:accept4?|recv|recvfrom|read)$/.test(name)) return false;
    const kind = this.kernel.fileOfValue(pid, args[0])?.kind;
    return kind === 'listener' || kind === 'connection';
  }
}

/** One thread that waits. */
class Loop {
  readonly number: number;
  readonly #pid: number;
  readonly #kernel: Kernel;
  readonly #family: Wait['family'];
  readonly #peers = new Map<Fd, Peer>();
  /** What was told of already: a listener, a connection that another thread has accepted. */
  readonly #told = new WeakSet<OpenFile>();
  #events: TraceEvent[] = [];
  #seq = 0;
  #turn = 0;
  #t = 0;
  /** Calls that found nothing, and changes of the interest list, since the last turn. */
  #polls = 0;
  #changes = 0;
  /** What the turn's wait gave. */
  #ready = new Set<Fd>();
  #watched = 0;
  /** What the last wait listed: an epoll gives the same lists again as long as nothing changes. */
  #lists: Fd[][] = [];
  /** What the turn did beside, by call. */
  readonly #others = new Map<string, { count: number; took: number }>();
  /** The call that was told to stand still, while it does. */
  #standing: string | null = null;

  constructor(number: number, pid: number, kernel: Kernel, family: Wait['family']) {
    this.number = number;
    this.#pid = pid;
    this.#kernel = kernel;
    this.#family = family;
  }

  /** What a call tells before the kernel's tables follow it. */
  before(call: Call, t: number): TraceEvent[] {
    this.#events = [];
    this.#t = t;
    const wait = readWait(call, this.#kernel);
    if (wait !== null) this.#wait(call, wait);
    else if (call.state === 'begun') this.#begun(call);
    else if (!this.#transfer(call)) this.#plain(call);
    return this.#events;
  }

  /** What it tells once they have. */
  after(call: Call, t: number): TraceEvent[] {
    this.#events = [];
    this.#t = t;
    if (call.state !== 'returned') return [];
    if (/^accept4?$/.test(call.name)) this.#accept(call);
    else if (call.name === 'listen') this.#announce();
    return this.#events;
  }

  #add(step: Step): void {
    const t = Math.round(this.#t * 1_000) / 1_000;
    this.#events.push({ v: 1, seq: this.#seq++, turn: this.#turn, t, ...step });
  }

  #wait(call: Call, wait: Wait): void {
    const alone = this.#waitsAlone(call, wait);
    const { name, took, result } = call;
    if (alone !== null) {
      this.#hiddenWait(call, alone, wait.write);
      return;
    }
    if (call.state !== 'returned' || result === null || result < 0) return;
    const { read, write, readyRead, readyWrite, timeout, watched, isGuessed } = wait;
    this.#watched = watched ?? read.length;
    if (result === 0 && wait.timeout === 0) {
      this.#polls++;
      return;
    }
    this.#tellOthers();
    if (this.#turn === 0) this.#begin(took ?? 0);
    this.#turn++;
    const ready = new Set([...readyRead, ...readyWrite]);
    for (const fd of this.#lists.includes(read) ? ready : [...read, ...write, ...ready])
      this.#meet(fd);
    this.#lists = [read, write];
    const listed = new Set([...read, ...write]).size;
    const scanned = wait.family === 'epoll' ? ready.size : listed;
    const polls = this.#polls;
    const changes = this.#changes;
    this.#polls = 0;
    this.#changes = 0;
    this.#ready = ready;
    this.#add({
      step: 'select',
      ...{ read, write, readyRead, readyWrite, scanned, call: name },
      ...(watched !== listed && { watched }),
      ...(isGuessed && { inferred: true }),
      ...(timeout !== undefined && { timeout }),
      ...(took !== null && { waited: rounded(took) }),
      ...(polls > 0 && { polls }),
      ...(changes > 0 && { changes }),
    });
  }

  /** What the loop has found there, when its first wait began. */
  #begin(took: number): void {
    const woke = this.#t;
    this.#t = Math.max(0, woke - took);
    this.#announce();
    this.#t = woke;
  }

  /**
   * The socket for which a turn waits alone, while the loop has others: PHP polls before an accept. An
   * eventfd of the program's own may be beside it, as Ruby has it.
   */
  #waitsAlone({ pid }: Call, { family, read, write }: Wait): Fd | null {
    if (this.#turn === 0) return null;
    const fds = [...new Set([...read, ...write])];
    const kindOf = (fd: Fd) => this.#kernel.fileOf(pid, fd)?.kind;
    const sockets = fds.filter((fd) => /^(?:listener|connection)$/.test(kindOf(fd) ?? ''));
    const [fd] = sockets;
    if (fd === undefined || sockets.length > 1) return null;
    if (family !== this.#family) return fd;
    return fds.length === 1 && kindOf(fd) === 'connection' && this.#watched > 1 ? fd : null;
  }

  #hiddenWait({ name, took, state }: Call, fd: Fd, write: readonly Fd[]): void {
    if (this.#standing === `${name} ${fd}`) return;
    this.#standing = null;
    if (state === 'returned' && (took ?? 0) < STOOD_MS) return;
    this.#stands(fd, write.includes(fd) ? 'send' : 'recv', name, took);
  }

  #stands(fd: Fd, syscall: 'send' | 'recv', call: string, took: number | null): void {
    const reason = room[syscall === 'send' ? 'block.room' : 'block.recv'];
    this.#standing = `${call} ${fd}`;
    this.#add({
      step: 'block',
      ...{ fd, syscall, reason, call },
      ...(took !== null && { took: rounded(took) }),
    });
  }

  /** A call that has not returned and was interrupted by others' lines. */
  #begun(call: Call): void {
    const transfer = readTransfer(call);
    const fd = numberOf(transfer?.fd);
    if (transfer === null || fd === null || !this.#isPeer(fd)) return;
    if (this.#standing === `${call.name} ${fd}`) return; // it is told already
    if (this.#kernel.fileOf(this.#pid, fd)?.nonblocking === true) return;
    this.#stands(fd, transfer.direction === 'out' ? 'send' : 'recv', call.name, null);
  }

  /** Bytes in and out. @returns whether the call moves bytes of a connection, or wakes the loop */
  #transfer(call: Call): boolean {
    const transfer = readTransfer(call);
    const fd = numberOf(transfer?.fd);
    if (transfer === null || fd === null) return false;
    const file = this.#kernel.fileOfValue(this.#pid, transfer.fd);
    if (file === null) return false;
    if (file.kind !== 'connection') return this.#wakes(call, fd, file);
    this.#meet(fd);
    const { name, took, result, error } = call;
    if (result === null) return true;
    if (error === 'EAGAIN' || error === 'EWOULDBLOCK') this.#add({ step: 'again', fd, call: name });
    else if (result < 0) this.#failed(call, fd);
    else {
      const syscall = transfer.direction === 'in' ? 'recv' : 'send';
      // a call that may not wait was slow for another reason
      const mayWait = file.nonblocking !== true;
      if (mayWait && (took ?? 0) >= STOOD_MS && this.#standing !== `${name} ${fd}`) {
        this.#stands(fd, syscall, name, took);
      }
      if (transfer.direction === 'in') this.#recv(call, fd, transfer, result);
      else this.#send(call, fd, transfer, result);
    }
    this.#standing = null;
    return true;
  }

  #wakes({ name, result }: Call, fd: Fd, { kind }: OpenFile): boolean {
    const wakes = kind === 'event' || kind === 'timer' || kind === 'signal' || kind === 'pipe';
    if (!wakes || !/^(?:read|recv)/.test(name)) return false;
    if ((result ?? 0) > 0 && this.#ready.has(fd)) this.#add({ step: 'wake', fd, kind });
    return true;
  }

  #fault({ name, error, injected }: Call, fd: Fd): void {
    const made = injected && ({ injected } as const);
    this.#add({ step: 'fault', fd, call: name, code: error ?? '', ...made });
  }

  #failed(call: Call, fd: Fd): void {
    const { error } = call;
    this.#fault(call, fd);
    const peer = this.#peers.get(fd);
    if (peer !== undefined && (error === 'ECONNRESET' || error === 'EPIPE')) peer.ended = 'reset';
  }

  #recv({ name, took }: Call, fd: Fd, transfer: Transfer, result: number): void {
    if (transfer.peeks) return;
    const { whole, room } = transfer;
    const bytes = kept(transfer.bytes);
    const peer = this.#peers.get(fd);
    if (peer !== undefined && result === 0) peer.ended ??= 'fin';
    this.#add({
      step: 'recv',
      ...{ fd, bytes, call: name },
      ...(bytes.length < result && { length: result }),
      ...(room !== null && { room }),
      ...(took !== null && { took: rounded(took) }),
    });
    this.#explain(fd, 'client', transfer.bytes, whole);
  }

  #send({ name, took, injected }: Call, fd: Fd, transfer: Transfer, taken: number): void {
    const length = Math.max(taken, transfer.room ?? taken);
    const bytes = kept(transfer.bytes);
    this.#add({
      step: 'send',
      ...{ fd, length, taken, call: name, bytes },
      ...(took !== null && { took: rounded(took) }),
      ...(injected && ({ injected } as const)),
    });
    const isKnown = transfer.bytes.length >= taken && !injected;
    this.#explain(fd, 'server', transfer.bytes.subarray(0, taken), isKnown);
  }

  /** Reads what passes as a WebSocket, where it is one, and every byte of it is known. */
  #explain(fd: Fd, from: Role, bytes: Uint8Array, whole: boolean): void {
    const peer = this.#peers.get(fd);
    if (peer === undefined || peer.conversation === null || bytes.length === 0) return;
    for (const passing of peer.conversation.feed(from, bytes)) {
      for (const step of stepsOfPassing(fd, passing)) this.#add({ ...step, inferred: true });
      if (passing.kind === 'other') peer.conversation = null;
    }
    if (!whole) peer.conversation = null;
  }

  #plain(call: Call): void {
    const { pid, name, args, result, error, took } = call;
    const fd = numberOf(args[0]);
    const kind = this.#kernel.fileOfValue(pid, args[0])?.kind;
    const isTcp = kind === 'listener' || kind === 'connection';
    if (fd !== null && isTcp && name === 'close') {
      this.#close(call, fd);
    } else if (fd !== null && isTcp && name === 'setsockopt' && result === 0) {
      this.#setsockopt(call, fd);
    } else if (fd !== null && /^accept4?$/.test(name) && result !== null && result < 0) {
      if (error === 'EAGAIN') this.#add({ step: 'again', fd, call: name });
      else this.#fault(call, fd);
    } else if (name === 'epoll_ctl') {
      this.#changes++;
    } else if (took !== null && !isTcp) {
      const other = this.#others.get(name) ?? { count: 0, took: 0 };
      this.#others.set(name, { count: other.count + 1, took: other.took + took });
    }
  }

  #setsockopt({ args }: Call, fd: Fd): void {
    this.#meet(fd);
    const [, level, option, value] = args;
    const number = value?.kind === 'list' ? numberOf(value.values[0]) : null;
    if (number === null) return;
    this.#add({
      step: 'setsockopt',
      ...{ fd, level: wordOf(level), option: wordOf(option), value: number },
    });
  }

  #close({ name }: Call, fd: Fd): void {
    const peer = this.#peers.get(fd);
    if (peer === undefined) return;
    const cause: DisconnectCause = peer.ended ?? 'closed-here';
    this.#peers.delete(fd);
    this.#add({ step: 'disconnect', fd, cause, call: name });
  }

  #accept({ pid, name, args, result }: Call): void {
    if (result === null || result < 0) return;
    const file = this.#kernel.fileOf(pid, result);
    const listener = numberOf(args[0]);
    if (file === null || listener === null) return;
    this.#told.add(file);
    this.#newPeer(result, file);
    this.#add({
      step: 'accept',
      ...{ listener, fd: result, host: file.peerHost, port: file.peerPort, call: name },
    });
  }

  #newPeer(fd: Fd, file: OpenFile): void {
    const reads = this.#peers.size < MOST_CONVERSATIONS;
    this.#peers.set(fd, { file, conversation: reads ? new Conversation() : null, ended: null });
  }

  /** Says which listeners there are: they may be older than the loop, or another process's. */
  #announce(): void {
    for (const [fd, file] of this.#kernel.descriptors(this.#pid)) {
      if (file.kind === 'listener') this.#meet(fd);
    }
  }

  /** Tells of a socket that the loop has to do with for the first time. */
  #meet(fd: Fd): void {
    const file = this.#kernel.fileOf(this.#pid, fd);
    if (file === null || this.#told.has(file)) return;
    if (file.kind !== 'listener' && file.kind !== 'connection') return;
    this.#told.add(file);
    if (file.kind === 'connection') {
      this.#newPeer(fd, file);
      const { peerHost: host, peerPort: port } = file;
      this.#add({ step: 'accept', listener: this.#listener(file), fd, host, port, inferred: true });
      return;
    }
    this.#add({
      step: 'socket',
      fd,
      domain: 'AF_INET',
      type: 'SOCK_STREAM',
      protocol: 'IPPROTO_TCP',
    });
    this.#add({ step: 'bind', fd, host: file.host, port: file.port });
    this.#add({ step: 'listen', fd, backlog: file.backlog });
  }

  /** The listener of a connection's port; -1 for none that is known. */
  #listener({ port }: OpenFile): Fd {
    for (const [fd, file] of this.#kernel.descriptors(this.#pid)) {
      if (file.kind === 'listener' && file.port === port) return fd;
    }
    return -1;
  }

  #isPeer(fd: Fd): boolean {
    return this.#kernel.fileOf(this.#pid, fd)?.kind === 'connection';
  }

  #tellOthers(): void {
    for (const [call, { count, took }] of this.#others) {
      if (took >= WORTH_MS) this.#add({ step: 'other', call, count, took: rounded(took) });
    }
    this.#others.clear();
  }
}

/** A copy, so that no long text is kept for a piece of it. */
function kept(bytes: Uint8Array): Uint8Array {
  return bytes.length > MOST_BYTES ? bytes.slice(0, MOST_BYTES) : bytes;
}

/** Milliseconds, to the microsecond. */
function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
