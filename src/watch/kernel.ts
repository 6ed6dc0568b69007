/**
 * What the calls made of the kernel's tables: which processes there are, what their descriptors stand
 * for, and what an epoll watches. A number means something else after close(2); threads share a
 * table, a fork has a copy. What was open before the recording is known by what strace says of a
 * descriptor (-yy), or by what is done with it.
 * @module
 */

import { fromUtf8Lossy } from '../bytes.js';
import type { Fd } from '../net/net.js';
import type { Call, Exit } from './calls.js';
import {
  addressesOf,
  addressOf,
  type FileKind,
  MADE,
  newFile,
  type OpenFile,
  saidOf,
} from './files.js';
import { dataOf } from './interest.js';
import { bytesOf, fieldsOf, listOf, numberOf, type Value, wordOf } from './values.js';

/** A table of descriptors, of a process with all its threads. */
interface Table {
  readonly files: Map<Fd, OpenFile>;
  /** Those that execve(2) closes. */
  readonly closedByExec: Set<Fd>;
  /** What execve(2) has made of the process; null where nobody saw it. */
  program: Program | null;
  /** Threads that have it. */
  threads: number;
}

/** What a process runs. */
export interface Program {
  /** The file, as it was named. */
  readonly path: string;
  /** What it was called with, behind its name. */
  readonly arguments: readonly string[];
}

/** Threads that are followed; a program that forks without end gets no more. */
const MOST_THREADS = 10_000;

/** Descriptors that a table holds. */
const MOST_FILES = 65_536;

/** Keeps the tables. */
export class Kernel {
  readonly #tables = new Map<number, Table>();
  /** Calls that make a thread and have not returned, by the thread that made them. */
  readonly #forking = new Map<number, Call>();

  #listener: OpenFile | null = null;

  /** The first that came to listen, of any process, once its port is known. */
  get listener(): OpenFile | null {
    return this.#listener;
  }

  /** What a descriptor stands for; null for what is not followed, or not known. */
  fileOf(pid: number, fd: Fd | null): OpenFile | null {
    return fd === null ? null : (this.#tableOf(pid).files.get(fd) ?? null);
  }

  /** The same for a descriptor of a call, which strace may say more of. */
  fileOfValue(pid: number, value: Value | undefined): OpenFile | null {
    const fd = numberOf(value);
    if (fd === null || fd < 0 || value?.kind !== 'number') return null;
    const known = this.fileOf(pid, fd);
    if (value.of === null) return known;
    const said = saidOf(value.of);
    if (said === null || said.kind === 'other') return known;
    const file = known ?? this.#open(pid, fd, said.kind);
    if (file.kind === 'socket' && said.kind === 'connection') file.kind = 'connection';
    if (file.peerPort === 0) Object.assign(file, addressesOf(said));
    return file;
  }

  /** What a thread's process runs; null where nobody saw it begin. */
  programOf(pid: number): Program | null {
    return this.#tableOf(pid).program;
  }

  /** Descriptors of a process that stand for a followed file, in the order of opening. */
  descriptors(pid: number): ReadonlyMap<Fd, OpenFile> {
    return this.#tableOf(pid).files;
  }

  /** Whether two threads share their descriptors. */
  shares(one: number, other: number): boolean {
    return this.#tableOf(one) === this.#tableOf(other);
  }

  exited({ pid }: Exit): void {
    const table = this.#tables.get(pid);
    this.#tables.delete(pid);
    this.#forking.delete(pid);
    if (table === undefined || --table.threads > 0) return;
    for (const fd of [...table.files.keys()]) this.#close(table, fd);
  }

  /** Takes a call in, after whoever asks what it was done to. */
  apply(call: Call): void {
    const { name, result } = call;
    if (/^(?:clone3?|v?fork)$/.test(name)) {
      this.#fork(call);
      return;
    }
    if (call.state !== 'returned' || result === null) return;
    this.#returned(call, result);
    if (result > 2) this.#marked(call, result);
  }

  #returned(call: Call, result: number): void {
    const { pid, name, args } = call;
    const done = result >= 0;
    switch (name) {
      case 'socket':
        if (done) this.#socket(call);
        return;
      case 'bind':
        if (done) this.#bind(call);
        return;
      case 'listen': {
        const file = done
          ? (this.#known(pid, args[0]) ?? this.#openAt(pid, args[0], 'listener'))
          : null;
        if (file === null) return;
        file.kind = 'listener';
        file.backlog = numberOf(args[1]) ?? 0;
        if (file.port > 0) this.#listener ??= file;
        return;
      }
      case 'accept':
      case 'accept4':
        if (done) this.#accept(call);
        return;
      case 'connect': {
        const file = this.#known(pid, args[0]);
        if (file?.kind === 'socket') file.kind = 'other'; // a client of another server
        return;
      }
      case 'setsockopt':
        if (done && wordOf(args[2]) === 'TCP_NODELAY') this.#nodelay(pid, args);
        return;
      case 'ioctl':
        if (done && wordOf(args[1]) === 'FIONBIO') {
          this.#nonblocking(pid, args[0], numberOf(listOf(args[2])[0]) !== 0);
        }
        return;
      case 'fcntl':
        this.#fcntl(call);
        return;
      case 'close':
        this.#close(this.#tableOf(pid), numberOf(args[0]));
        return;
      case 'dup':
      case 'dup2':
      case 'dup3':
        if (done) this.#dup(pid, numberOf(args[0]), result);
        return;
      case 'execve':
        if (done) this.#exec(call);
        return;
      case 'epoll_ctl':
        if (done) this.#epollCtl(call);
        return;
      default:
        if (done) this.#made(call);
    }
  }

  /** A descriptor that was made with one of the flags O_CLOEXEC, SOCK_CLOEXEC and so on. */
  #marked({ pid, args }: Call, fd: Fd): void {
    const isMarked = args.some((arg) => arg.kind === 'word' && arg.text.includes('_CLOEXEC'));
    if (isMarked) this.#tableOf(pid).closedByExec.add(fd);
  }

  #made({ pid, name, args, result }: Call): void {
    const kind = MADE.get(name);
    if (kind === undefined) return;
    if (name === 'pipe' || name === 'pipe2' || name === 'socketpair') {
      const pair = listOf(args[name === 'socketpair' ? 3 : 0]);
      for (const end of pair) this.#openAt(pid, end, kind);
    } else if (result !== null) this.#open(pid, result, kind, true);
  }

  #socket({ pid, args, result }: Call): void {
    const isTcp = /^AF_INET6?$/.test(wordOf(args[0])) && /^SOCK_STREAM/.test(wordOf(args[1]));
    const file = this.#open(pid, result ?? -1, isTcp ? 'socket' : 'other');
    file.nonblocking = wordOf(args[1]).includes('SOCK_NONBLOCK');
  }

  #bind({ pid, args }: Call): void {
    const file = this.#known(pid, args[0]);
    if (file !== null) Object.assign(file, addressOf(args[1]));
  }

  #accept({ pid, name, args, result, of }: Call): void {
    const listener = this.#known(pid, args[0]) ?? this.#openAt(pid, args[0], 'listener');
    if (listener !== null && listener.kind !== 'listener') listener.kind = 'listener';
    const file = this.#open(pid, result ?? -1, 'connection');
    file.nonblocking = name === 'accept4' && wordOf(args[3]).includes('SOCK_NONBLOCK');
    file.nodelay = listener?.nodelay ?? false; // Linux hands it on
    const peer = addressOf(args[1]);
    file.peerHost = peer.host;
    file.peerPort = peer.port;
    const said = of === null ? null : saidOf(of);
    if (said !== null && said.kind === 'connection') Object.assign(file, addressesOf(said));
  }

  #nodelay(pid: number, args: readonly Value[]): void {
    const file = this.#known(pid, args[0]);
    if (file !== null) file.nodelay = numberOf(listOf(args[3])[0]) !== 0;
  }

  #nonblocking(pid: number, fd: Value | undefined, on: boolean): void {
    const file = this.#known(pid, fd);
    if (file !== null) file.nonblocking = on;
  }

  #fcntl({ pid, args, result }: Call): void {
    const what = wordOf(args[1]);
    if (what === 'F_SETFL' && result === 0) {
      this.#nonblocking(pid, args[0], wordOf(args[2]).includes('O_NONBLOCK'));
    } else if (what.startsWith('F_DUPFD') && result !== null && result >= 0) {
      this.#dup(pid, numberOf(args[0]), result);
    } else if (what === 'F_SETFD') {
      const fd = numberOf(args[0]);
      if (fd !== null && wordOf(args[2]).includes('FD_CLOEXEC')) {
        this.#tableOf(pid).closedByExec.add(fd);
      }
    }
  }

  #dup(pid: number, from: Fd | null, to: Fd): void {
    const table = this.#tableOf(pid);
    const file = from === null ? undefined : table.files.get(from);
    if (from === to) return;
    this.#close(table, to);
    if (file === undefined) return;
    table.files.set(to, file);
    file.links++;
  }

  #exec({ pid, args }: Call): void {
    const table = this.#tableOf(pid);
    for (const fd of table.closedByExec) this.#close(table, fd);
    const [, ...words] = listOf(args[1]).map((word) => textOf(word));
    table.program = { path: textOf(args[0]), arguments: words.slice(0, MOST_WORDS) };
  }

  #epollCtl({ pid, args }: Call): void {
    const epoll = this.#known(pid, args[0]) ?? this.#openAt(pid, args[0], 'epoll');
    const fd = numberOf(args[2]);
    if (epoll === null || epoll.interest === null || fd === null) return;
    if (wordOf(args[1]) === 'EPOLL_CTL_DEL') {
      epoll.interest.delete(fd);
      return;
    }
    const file = this.fileOfValue(pid, args[2]) ?? this.#open(pid, fd, 'other');
    const told = fieldsOf(args[3]);
    const events = wordOf(told.get('events'));
    epoll.interest.set(fd, { file, events, data: dataOf(told.get('data')) });
  }

  /** A new thread or process. Its first lines may come before the call that made it has returned. */
  #fork(call: Call): void {
    if (call.state === 'begun') {
      this.#forking.set(call.pid, call);
      return;
    }
    this.#forking.delete(call.pid);
    const child = call.result;
    if (child === null || child <= 0 || this.#tables.has(child)) return;
    this.#inherit(call, child);
  }

  #inherit(call: Call, child: number): void {
    if (this.#tables.size >= MOST_THREADS) return;
    const table = this.#tableOf(call.pid);
    if (flagsOf(call).includes('CLONE_FILES')) {
      this.#tables.set(child, table);
      table.threads++;
      return;
    }
    for (const file of table.files.values()) file.links++;
    this.#tables.set(child, {
      files: new Map(table.files),
      closedByExec: new Set(table.closedByExec),
      program: table.program,
      threads: 1,
    });
  }

  #tableOf(pid: number): Table {
    const known = this.#tables.get(pid);
    if (known !== undefined) return known;
    // a thread that nobody is known to have made: the child of who is making one just now
    const [[parent, call] = []] = this.#forking;
    if (parent !== undefined && call !== undefined && parent !== pid) {
      this.#forking.delete(parent);
      this.#inherit(call, pid);
      const inherited = this.#tables.get(pid);
      if (inherited !== undefined) return inherited;
    }
    const none = { files: new Map(), closedByExec: new Set<Fd>() };
    const table: Table = { ...none, program: null, threads: 1 };
    if (this.#tables.size < MOST_THREADS) this.#tables.set(pid, table);
    return table;
  }

  #known(pid: number, value: Value | undefined): OpenFile | null {
    return this.fileOfValue(pid, value);
  }

  #openAt(pid: number, value: Value | undefined, kind: FileKind): OpenFile | null {
    const fd = numberOf(value);
    return fd === null || fd < 0 ? null : this.#open(pid, fd, kind);
  }

  /** @param isNew whether it was made just now, and not before the recording began */
  #open(pid: number, fd: Fd, kind: FileKind, isNew = false): OpenFile {
    const table = this.#tableOf(pid);
    this.#close(table, fd);
    const file = newFile(kind, isNew);
    if (table.files.size < MOST_FILES) table.files.set(fd, file);
    return file;
  }

  /** What no descriptor stands for any more is gone from every interest list too: epoll(7). */
  #close(table: Table, fd: Fd | null): void {
    const file = fd === null ? undefined : table.files.get(fd);
    if (fd === null || file === undefined) return;
    table.files.delete(fd);
    table.closedByExec.delete(fd);
    if (--file.links > 0) return;
    for (const { list, fd: watched } of file.watchers) list.deleteFile(watched, file);
  }
}

/** The flags of a clone, which fork(2) and vfork(2) have not. */
function flagsOf({ name, args }: Call): string {
  if (name === 'clone3') return wordOf(fieldsOf(args[0]).get('flags'));
  return args.map(wordOf).find((word) => /CLONE_|SIG/.test(word)) ?? '';
}

/** Words of a command line that are kept, and characters of each. */
const MOST_WORDS = 100;
const LONGEST_WORD = 1_000;

function textOf(value: Value | undefined): string {
  return fromUtf8Lossy(bytesOf(value).subarray(0, LONGEST_WORD));
}
