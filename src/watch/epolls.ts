/**
 * What the calls of epoll(7) made of the interest lists of all processes, and who is ready by what a wait
 * gave back. A program may name its descriptors by io_uring(7), which no call shows: then what is given back
 * is taken for the descriptor, as most programs have it, and marked as a guess.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { Call } from './calls.js';
import type { OpenFile } from './files.js';
import type { FoundFile } from './found.js';
import { dataOf, fdIn } from './interest.js';
import type { Tables } from './tables.js';
import { fieldsOf, listOf, numberOf, type Value, wordOf } from './values.js';

/** Somebody of whom a wait says that it is ready. */
export interface ReadyEntry {
  readonly fd: Fd;
  /** `EPOLLIN|EPOLLHUP`, say. */
  readonly events: string;
  /** What was given back. */
  readonly data: string;
  readonly isGuessed: boolean;
}

/** Keeps them. */
export class Epolls {
  readonly #tables: Tables;
  readonly #fileOf: (pid: number, value: Value | undefined) => OpenFile | null;

  /** @param fileOf what stands behind a descriptor of a call, of which strace may say more */
  constructor(tables: Tables, fileOf: (pid: number, value: Value | undefined) => OpenFile | null) {
    this.#tables = tables;
    this.#fileOf = fileOf;
  }

  /** Takes what an epoll watched before the recording began. */
  find(pid: number, files: readonly FoundFile[]): void {
    for (const { fd, watches } of files) {
      const interest = this.#tables.files(pid).get(fd)?.interest ?? null;
      if (interest === null) continue;
      interest.isWhole = true;
      for (const { fd: watched, events, data } of watches) {
        const file = this.#tables.files(pid).get(watched);
        if (file !== undefined) interest.set(watched, { file, events, data });
      }
    }
    this.doubt(pid);
  }

  /** Of a process with io_uring no list is whole. */
  doubt(pid: number): void {
    const files = [...this.#tables.files(pid).values()];
    if (!files.some(({ kind }) => kind === 'ring')) return;
    for (const { interest } of files) if (interest !== null) interest.isWhole = false;
  }

  ctl({ pid, args }: Call): void {
    const fd = numberOf(args[2]);
    const number = numberOf(args[0]);
    if (fd === null || number === null) return;
    const epoll = this.#fileOf(pid, args[0]) ?? this.#tables.open(pid, number, 'epoll');
    if (epoll.interest === null) return;
    if (wordOf(args[1]) === 'EPOLL_CTL_DEL') {
      epoll.interest.delete(fd);
      return;
    }
    const file = this.#fileOf(pid, args[2]) ?? this.#tables.open(pid, fd, 'other');
    const told = fieldsOf(args[3]);
    const events = wordOf(told.get('events'));
    epoll.interest.set(fd, { file, events, data: dataOf(told.get('data')) });
  }

  /** Who is ready, from the arguments of epoll_wait(2). */
  readyOf(pid: number, args: readonly Value[]): ReadyEntry[] {
    const interest = this.#fileOf(pid, args[0])?.interest ?? null;
    return listOf(args[1]).flatMap((entry): ReadyEntry[] => {
      const fields = fieldsOf(entry);
      const events = wordOf(fields.get('events'));
      const data = dataOf(fields.get('data'));
      const known = interest?.entryOf(data) ?? null;
      if (known !== null) return [{ ...known, events, data }];
      const fd = fdIn(data);
      if (fd === null || (interest?.isWhole === true && !this.#isTcp(pid, fd))) return [];
      return [{ fd, isGuessed: true, events, data }];
    });
  }

  /** Whoever was ready is listed, also where nobody saw it named. */
  waited({ pid, args }: Call): void {
    const interest = this.#fileOf(pid, args[0])?.interest ?? null;
    for (const { fd, isGuessed, events, data } of this.readyOf(pid, args)) {
      const file = this.#tables.files(pid).get(fd);
      if (isGuessed && file !== undefined) interest?.guess(fd, { file, events, data });
    }
  }

  #isTcp(pid: number, fd: Fd): boolean {
    const kind = this.#tables.files(pid).get(fd)?.kind;
    return kind === 'listener' || kind === 'connection';
  }
}
