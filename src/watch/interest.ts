/**
 * What an epoll(7) watches: its interest list, as epoll_ctl(2) made it. What a program has told epoll to
 * give back may be a pointer, or half of it garbage; so descriptors are found by it, and it is none.
 * @module
 */

import type { Fd } from '../net/net.js';
import { fieldsOf, type Value, wordOf } from './values.js';

/** What can be watched: it knows by whom, and by which number. */
export interface Watchable {
  readonly watchers: { readonly list: InterestList; readonly fd: Fd }[];
}

/** One entry. */
export interface Interest {
  readonly file: Watchable;
  /** `EPOLLIN|EPOLLET`, say. */
  readonly events: string;
  /** What is given back. */
  readonly data: string;
}

/** Descriptors that a wait lists; how many there are in all is known beside that. */
const MOST_LISTED = 1_024;

/** Entries that are followed. */
const MOST_WATCHED = 65_536;

/** The list of one epoll. */
export class InterestList {
  /** Whether all of it is known: of an epoll that was there before the recording it is not. */
  readonly isWhole: boolean;
  readonly #entries = new Map<Fd, Interest>();
  readonly #byData = new Map<string, Fd>();
  /** Made anew where something has changed: most waits follow a wait, and traces share what is the same. */
  #listed: { read: Fd[]; write: Fd[] } | null = null;

  constructor(isWhole: boolean) {
    this.isWhole = isWhole;
  }

  /** Entries by now. */
  get size(): number {
    return this.#entries.size;
  }

  set(fd: Fd, interest: Interest): void {
    if (this.#entries.size >= MOST_WATCHED && !this.#entries.has(fd)) return;
    this.delete(fd);
    this.#listed = null;
    this.#entries.set(fd, interest);
    this.#byData.set(interest.data, fd);
    const { watchers } = interest.file;
    const isKnown = watchers.some((one) => one.list === this && one.fd === fd);
    if (!isKnown) watchers.push({ list: this, fd });
  }

  delete(fd: Fd): void {
    const entry = this.#entries.get(fd);
    if (entry === undefined) return;
    this.#entries.delete(fd);
    if (this.#byData.get(entry.data) === fd) this.#byData.delete(entry.data);
    this.#listed = null;
  }

  /** Takes out what stands for a file that is no more. */
  deleteFile(fd: Fd, file: Watchable): void {
    if (this.#entries.get(fd)?.file === file) this.delete(fd);
  }

  /** The descriptor of what a wait gave back. */
  fdOf(data: string): Fd | undefined {
    return this.#byData.get(data);
  }

  /** Who is watched for reading and for writing; the first of them, where they are many. */
  listed(): { readonly read: Fd[]; readonly write: Fd[] } {
    if (this.#listed !== null) return this.#listed;
    const read: Fd[] = [];
    const write: Fd[] = [];
    let left = MOST_LISTED;
    for (const [fd, { events }] of this.#entries) {
      if (left-- === 0) break;
      if (isForReading(events)) read.push(fd);
      if (isForWriting(events)) write.push(fd);
    }
    this.#listed = { read, write };
    return this.#listed;
  }
}

/** An end or an error is met by reading. */
export function isForReading(events: string): boolean {
  return /IN\b|RDNORM|RDHUP|HUP|ERR|PRI/.test(events);
}

/** Room is met by writing. */
export function isForWriting(events: string): boolean {
  return /OUT\b|WRNORM/.test(events);
}

/** What a program told epoll to give back: `{u32=7, u64=…}`, or since strace 6.2 one number. */
export function dataOf(value: Value | undefined): string {
  const fields = fieldsOf(value);
  const one = (part: Value | undefined): string =>
    part?.kind === 'number' ? String(part.value) : wordOf(part);
  // a number above 2^53 has lost its last digits here; u32 has them
  return fields.has('u64') ? `${one(fields.get('u32'))} ${one(fields.get('u64'))}` : one(value);
}
