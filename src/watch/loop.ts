/**
 * One thread that waits: what it does between two waits is a turn, and each call becomes the steps of a
 * trace, in the order of the calls. Where it waits for one socket while it has others, it stands still.
 * @module
 */

import type { Fd } from '../net/net.js';
import { room } from '../texts/room.en.js';
import type { Step, TraceEvent } from '../trace/event.js';
import type { Call } from './calls.js';
import type { OpenFile } from './files.js';
import type { Kernel } from './kernel.js';
import { Peers, rounded } from './peers.js';
import { readTransfer } from './transfers.js';
import { numberOf } from './values.js';
import { readWait, type Wait } from './waits.js';

/** A call on a descriptor that may wait stood still if it took so long, in milliseconds. */
export const STOOD_MS = 20;

/** What else a turn does is told where it took so long, in milliseconds. */
const WORTH_MS = 1;

/** One thread that waits. */
export class Loop {
  readonly number: number;
  readonly #pid: number;
  readonly #kernel: Kernel;
  readonly #family: Wait['family'];
  readonly #peers: Peers;
  #events: TraceEvent[] = [];
  #seq = 0;
  #turn = 0;
  /** Milliseconds since the first call of a loop. */
  #t = 0;
  /** Calls that found nothing, and changes of the interest list, since the last turn. */
  #polls = 0;
  #changes = 0;
  /** What the turn's wait gave. */
  #ready = new Set<Fd>();
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
    this.#peers = new Peers(pid, kernel, (step) => this.#add(step));
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
    if (/^accept4?$/.test(call.name)) this.#peers.accept(call);
    else if (call.name === 'listen') this.#peers.announce();
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
    if (result === 0 && wait.timeout === 0) {
      this.#polls++;
      return;
    }
    this.#tellOthers();
    if (this.#turn === 0) this.#begin(took ?? 0);
    this.#turn++;
    const ready = new Set([...readyRead, ...readyWrite]);
    for (const fd of this.#lists.includes(read) ? ready : [...read, ...write, ...ready])
      this.#peers.meet(fd);
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
    this.#peers.announce();
    this.#t = woke;
  }

  /**
   * The socket for which a turn waits alone, while the loop has others: PHP polls before an accept. An
   * eventfd of the program's own may be beside it, as Ruby has it. A loop whose others are all closed
   * waits for the last one as it always does.
   */
  #waitsAlone({ pid }: Call, { family, read, write }: Wait): Fd | null {
    if (this.#turn === 0) return null;
    const fds = [...new Set([...read, ...write])];
    const kindOf = (fd: Fd) => this.#kernel.fileOf(pid, fd)?.kind;
    const isTcp = (fd: Fd) => /^(?:listener|connection)$/.test(kindOf(fd) ?? '');
    const sockets = fds.filter(isTcp);
    const [fd] = sockets;
    if (fd === undefined || sockets.length > 1) return null;
    if (family !== this.#family) return fd;
    if (family === 'epoll' || fds.length > 1 || kindOf(fd) === 'listener') return null;
    return this.#lists.flat().some((other) => other !== fd && isTcp(other)) ? fd : null;
  }

  #hiddenWait({ name, took, state }: Call, fd: Fd, write: readonly Fd[]): void {
    if (this.#standing === `${name} ${fd}`) return;
    this.#standing = null;
    if (state === 'begun' || (took ?? 0) >= STOOD_MS) {
      this.#stands(fd, write.includes(fd) ? 'send' : 'recv', name, took);
    } else this.#add({ step: 'other', fd, call: name, count: 1, took: rounded(took ?? 0) });
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
    this.#peers.meet(fd);
    const { name, took, result, error } = call;
    if (result === null) return true;
    if (error === 'EAGAIN' || error === 'EWOULDBLOCK') this.#peers.again(call, fd, transfer);
    else if (result < 0) this.#peers.failed(call, fd);
    else {
      const syscall = transfer.direction === 'in' ? 'recv' : 'send';
      // a call that may not wait was slow for another reason
      const mayWait = file.nonblocking !== true;
      if (mayWait && (took ?? 0) >= STOOD_MS && this.#standing !== `${name} ${fd}`) {
        this.#stands(fd, syscall, name, took);
      }
      if (transfer.direction === 'in') this.#peers.recv(call, fd, transfer, result);
      else this.#peers.send(call, fd, transfer, result);
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

  #plain(call: Call): void {
    const { pid, name, args, result, error, took } = call;
    const fd = numberOf(args[0]);
    const kind = this.#kernel.fileOfValue(pid, args[0])?.kind;
    const isTcp = kind === 'listener' || kind === 'connection';
    if (fd !== null && isTcp && name === 'close') {
      this.#peers.close(call, fd);
    } else if (fd !== null && isTcp && name === 'setsockopt' && result === 0) {
      this.#peers.setsockopt(call, fd);
    } else if (fd !== null && /^accept4?$/.test(name) && result !== null && result < 0) {
      if (error === 'EAGAIN') this.#add({ step: 'again', fd, call: name });
      else this.#peers.fault(call, fd);
    } else if (name === 'epoll_ctl') {
      this.#changes++;
    } else if (took !== null && !isTcp) {
      const other = this.#others.get(name) ?? { count: 0, took: 0 };
      this.#others.set(name, { count: other.count + 1, took: other.took + took });
    }
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
