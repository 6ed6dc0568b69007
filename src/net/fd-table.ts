/**
 * The numbers of one process's descriptors, the two complaints that select has about them (EBADF
 * and FD_SETSIZE), and its look at which are ready. Knows nothing else of what a descriptor is.
 * @module
 */

import { socketError } from './failure.js';
import { countDistinct, type Fd, type FdSet, type Ready } from './net.js';

/** What select does about descriptors that an fd_set has no bit for. */
export interface FdSetSizeOptions {
  /** FD_SETSIZE: select takes descriptors below it. Default 1,024, as in glibc. */
  fdSetSize?: number;
  /** What select does with one beyond: EINVAL, or never report it, as PHP 7.4. Default `throw`. */
  beyondFdSetSize?: 'throw' | 'ignore';
}

/** How many closings are remembered one by one; a set that missed more is walked again. */
const CLOSED_LATELY = 1_024;

/** Open descriptors by number; a listener is never writable. */
export class FdTable<T extends { readonly writable: boolean }> {
  /** 0, 1 and 2 are the standard streams. */
  readonly #slots: (T | null)[] = [null, null, null];
  /** No number below is free: the search for one begins here, as next_fd in Linux's fs/file.c. */
  #next = 3;
  readonly #fdSetSize: number;
  readonly #ignoresBeyond: boolean;
  /** Open numbers of FD_SETSIZE and more. */
  readonly #beyond = new Set<Fd>();
  /** The numbers closed last, the newest at the end; and how many were ever closed. */
  readonly #closedLately: Fd[] = [];
  #closings = 0;
  /** At which count of closings a set was checked. */
  readonly #checkedAt = new WeakMap<FdSet, number>();

  constructor({ fdSetSize = 1_024, beyondFdSetSize = 'throw' }: FdSetSizeOptions = {}) {
    this.#fdSetSize = fdSetSize;
    this.#ignoresBeyond = beyondFdSetSize === 'ignore';
  }

  /** Gives a descriptor the lowest free number. */
  open(descriptor: T): Fd {
    let fd = this.#next;
    while (this.get(fd) !== null) fd++;
    this.#slots[fd] = descriptor;
    this.#next = fd + 1;
    if (fd >= this.#fdSetSize) this.#beyond.add(fd);
    return fd;
  }

  /** The descriptor of a number, or null where none is open. */
  get(fd: Fd): T | null {
    return this.#slots[fd] ?? null;
  }

  /** The descriptor of a number. @throws SocketError `syscall` EBADF where none is open */
  require(syscall: string, fd: Fd): T {
    const descriptor = this.get(fd);
    if (descriptor !== null) return descriptor;
    throw socketError(syscall, 'EBADF', 'net.not-open', { fd });
  }

  /** Gives a number back. */
  release(fd: Fd): void {
    this.#slots[fd] = null;
    if (fd < this.#next) this.#next = fd;
    this.#beyond.delete(fd);
    this.#closings++;
    if (this.#closedLately.push(fd) === 2 * CLOSED_LATELY) {
      this.#closedLately.splice(0, CLOSED_LATELY);
    }
  }

  /** The open numbers, lowest first. */
  openFds(): Fd[] {
    return [...this.#slots.keys()].filter((fd) => this.get(fd) !== null);
  }

  /** Tells whether select passes over this number: the class sees a client that is never served. */
  ignores(fd: Fd): boolean {
    return this.#ignoresBeyond && fd >= this.#fdSetSize;
  }

  /**
   * Checks that select can take every descriptor of a set. Asks only those that were closed since it
   * saw this set last; walks the set when it is new. So a number that was never open is found when
   * it is there at the first select, and not when it is added later.
   *
   * @throws SocketError select EBADF for one that is not open, EINVAL for one of FD_SETSIZE or more
   */
  check(set: FdSet): void {
    if (set.size === 0) return;
    const checkedAt = this.#checkedAt.get(set);
    if (checkedAt !== this.#closings) {
      for (const fd of this.#suspects(set, checkedAt)) if (set.has(fd)) this.#checkWatched(fd);
      this.#checkedAt.set(set, this.#closings);
    }
    if (this.#ignoresBeyond) return;
    for (const fd of this.#beyond) if (set.has(fd)) this.#checkWatched(fd);
  }

  /**
   * What select reports at this moment.
   *
   * @param readable every descriptor that can be read: kept by the network, so that this costs what
   *   is ready and not what is watched
   * @throws SocketError as `check` does
   */
  look(read: FdSet, write: FdSet, except: FdSet, readable: ReadonlySet<Fd>): Ready {
    this.check(read);
    this.check(write);
    this.check(except);
    // Walked whole, for it is short: a loop watches `write` only where a send was refused, and nearly
    // all descriptors are writable nearly always, so that a set of the writable ones would be longer.
    const canWrite: Fd[] = [];
    for (const fd of write) {
      if (this.get(fd)?.writable === true && !this.ignores(fd)) canWrite.push(fd);
    }
    return {
      read: read.inOrder(readable),
      write: canWrite,
      except: [],
      scanned: countDistinct(read, write, except),
      examined: readable.size + write.size,
    };
  }

  #suspects(set: FdSet, checkedAt: number | undefined): Iterable<Fd> {
    const missed = this.#closings - (checkedAt ?? Number.NEGATIVE_INFINITY);
    return missed > this.#closedLately.length ? set : this.#closedLately.slice(-missed);
  }

  #checkWatched(fd: Fd): void {
    if (this.ignores(fd)) return;
    if (fd >= this.#fdSetSize) {
      const fdSetSize = this.#fdSetSize;
      throw socketError('select', 'EINVAL', 'net.beyond-set', { fd, fdSetSize });
    }
    if (this.get(fd) !== null) return;
    throw socketError('select', 'EBADF', 'net.watched', { fd });
  }
}
