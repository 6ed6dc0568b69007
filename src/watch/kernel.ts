/**
 * What the calls made of the kernel's tables: what descriptors stand for. What was open before the recording
 * is known by what strace says of a descriptor (-yy), by what is done with it, or by what /proc told.
 * @module
 */

import { fromUtf8Lossy } from '../bytes.js';
import type { Fd } from '../net/net.js';
import type { Call, Exit } from './calls.js';
import { Epolls } from './epolls.js';
import { addressesOf, addressOf, type FileKind, MADE, type OpenFile, saidOf } from './files.js';
import type { Found } from './found.js';
import { type Program, Tables } from './tables.js';
import { bytesOf, listOf, numberOf, type Value, wordOf } from './values.js';

/** Follows the calls. */
export class Kernel {
  readonly #tables = new Tables();
  /** What its epolls watch. */
  readonly epolls = new Epolls(this.#tables, (pid, value) => this.fileOfValue(pid, value));
  #listener: OpenFile | null = null;

  /** The first that came to listen, of any process, once its port is known. */
  get listener(): OpenFile | null {
    return this.#listener;
  }

  /** What a descriptor stands for; null for what is not followed, or not known. */
  fileOf(pid: number, fd: Fd | null): OpenFile | null {
    return fd === null ? null : (this.#tables.files(pid).get(fd) ?? null);
  }

  /** The same for a descriptor of a call, which strace may say more of. */
  fileOfValue(pid: number, value: Value | undefined): OpenFile | null {
    const fd = numberOf(value);
    if (fd === null || fd < 0 || value?.kind !== 'number') return null;
    const known = this.fileOf(pid, fd);
    if (value.of === null) return known;
    const said = saidOf(value.of);
    if (said === null || said.kind === 'other') return known;
    const file = known ?? this.#tables.open(pid, fd, said.kind);
    if (file.kind === 'socket' && said.kind === 'connection') file.kind = 'connection';
    if (file.peerPort === 0) Object.assign(file, addressesOf(said));
    return file;
  }

  /** What a thread's process runs; null where nobody saw it begin. */
  programOf(pid: number): Program | null {
    return this.#tables.programOf(pid);
  }

  /** Descriptors of a process that stand for a followed file, in the order of opening. */
  descriptors(pid: number): ReadonlyMap<Fd, OpenFile> {
    return this.#tables.files(pid);
  }

  /** Takes what a process had open before the recording began. */
  find({ threads, program, files }: Found): void {
    const [pid] = threads;
    if (pid === undefined) return;
    this.#tables.share(threads);
    if (program !== null) this.#tables.exec(pid, program);
    for (const { fd, kind, known } of files) {
      const file = Object.assign(this.#tables.open(pid, fd, kind), known);
      if (kind === 'listener') this.#listener ??= file;
    }
    this.epolls.find(pid, files);
  }

  exited({ pid }: Exit): void {
    this.#tables.exited(pid);
  }

  /** Takes a call in, after whoever asks what it was done to. */
  apply(call: Call): void {
    const { name, result } = call;
    if (/^(?:clone3?|v?fork)$/.test(name)) {
      this.#tables.fork(call);
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
        this.#tables.close(pid, numberOf(args[0]));
        return;
      case 'dup':
      case 'dup2':
      case 'dup3':
        if (done) this.#tables.dup(pid, numberOf(args[0]), result);
        return;
      case 'execve':
        if (done) this.#exec(call);
        return;
      case 'epoll_ctl':
        if (done) this.epolls.ctl(call);
        return;
      case 'epoll_wait':
      case 'epoll_pwait':
      case 'epoll_pwait2':
        if (result > 0) this.epolls.waited(call);
        return;
      default:
        if (done) this.#made(call);
    }
  }

  /** A descriptor that was made with one of the flags O_CLOEXEC, SOCK_CLOEXEC and so on. */
  #marked({ pid, args }: Call, fd: Fd): void {
    const isMarked = args.some((arg) => arg.kind === 'word' && arg.text.includes('_CLOEXEC'));
    if (isMarked) this.#tables.closeByExec(pid, fd);
  }

  #made({ pid, name, args, result }: Call): void {
    const kind = MADE.get(name);
    if (kind === undefined) return;
    if (name === 'pipe' || name === 'pipe2' || name === 'socketpair') {
      const pair = listOf(args[name === 'socketpair' ? 3 : 0]);
      for (const end of pair) this.#openAt(pid, end, kind);
    } else if (result !== null) {
      this.#tables.open(pid, result, kind, true);
      if (kind === 'ring' || kind === 'epoll') this.epolls.doubt(pid);
    }
  }

  #socket({ pid, args, result }: Call): void {
    const isTcp = /^AF_INET6?$/.test(wordOf(args[0])) && /^SOCK_STREAM/.test(wordOf(args[1]));
    const file = this.#tables.open(pid, result ?? -1, isTcp ? 'socket' : 'other');
    file.nonblocking = wordOf(args[1]).includes('SOCK_NONBLOCK');
  }

  #bind({ pid, args }: Call): void {
    const file = this.#known(pid, args[0]);
    if (file !== null) Object.assign(file, addressOf(args[1]));
  }

  #accept({ pid, name, args, result, of }: Call): void {
    const listener = this.#known(pid, args[0]) ?? this.#openAt(pid, args[0], 'listener');
    if (listener !== null && listener.kind !== 'listener') listener.kind = 'listener';
    const file = this.#tables.open(pid, result ?? -1, 'connection');
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
      this.#tables.dup(pid, numberOf(args[0]), result);
    } else if (what === 'F_SETFD') {
      const fd = numberOf(args[0]);
      const isMarked = wordOf(args[2]).includes('FD_CLOEXEC');
      if (fd !== null && isMarked) this.#tables.closeByExec(pid, fd);
    }
  }

  #exec({ pid, args }: Call): void {
    const [, ...words] = listOf(args[1]).map((word) => textOf(word));
    this.#tables.exec(pid, { path: textOf(args[0]), arguments: words.slice(0, MOST_WORDS) });
  }

  #known(pid: number, value: Value | undefined): OpenFile | null {
    return this.fileOfValue(pid, value);
  }

  #openAt(pid: number, value: Value | undefined, kind: FileKind): OpenFile | null {
    const fd = numberOf(value);
    return fd === null || fd < 0 ? null : this.#tables.open(pid, fd, kind);
  }
}

/** Words of a command line that are kept, and characters of each. */
const MOST_WORDS = 100;
const LONGEST_WORD = 1_000;

function textOf(value: Value | undefined): string {
  return fromUtf8Lossy(bytesOf(value).subarray(0, LONGEST_WORD));
}
