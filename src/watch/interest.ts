/**
 * What an epoll(7) watches: its interest list, as epoll_ctl(2) made it. What a program has told epoll to
 * give back may be a pointer, or half of it garbage; so descriptors are found by it, and it is none. Only
 * where the list was made unseen it is taken for one, as a guess.
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
  /** Present, and true, where nobody saw it made, and it was ready. */
  readonly isGuessed?: true;
}

/** Descriptors that a wait lists; how many there are in all is known beside that. */
const MOST_LISTED = 1_024;

/** Entries that are followed. */
const MOST_WATCHED = 65_536;

/** The list of one epoll. */
export class InterestList {
  /** Whether all of it is known: of an epoll that was there before the recording it is not. */
  isWhole: boolean;
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

  /** What a wait gave back stands for. */
  entryOf(data: string): { readonly fd: Fd; readonly isGuessed: boolean } | null {
    const fd = this.#byData.get(data);
    if (fd === undefined) return null;
    return { fd, isGuessed: this.#entries.get(fd)?.isGuessed === true };
  }

  /** Somebody was ready whom nobody was seen to name: from then on it is listed, and the list is not whole. */
  guess(fd: Fd, { file, events, data }: Interest): void {
    this.isWhole = false;
    const before = this.#entries.get(fd)?.events ?? '';
    const both = isForReading(before) && !isForReading(events) ? `EPOLLIN|${events}` : events;
    if (both === before && this.#byData.get(data) === fd) return;
    this.set(fd, { file, events: both, data, isGuessed: true });
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

/**
 * What a program told epoll to give back: `{u32=7, u64=…}`, or since strace 6.2 one number; in one form. A
 * number above 2^53 has lost its last digits, so its lower half stands beside it.
 */
export function dataOf(value: Value | undefined): string {
  const fields = fieldsOf(value);
  const one = (part: Value | undefined): string =>
    part?.kind === 'number' ? String(part.value) : wordOf(part);
  if (fields.has('u64')) return `${one(fields.get('u32'))} ${one(fields.get('u64'))}`;
  return dataIn(one(value));
}

/** The same of digits, as /proc has them too: `7`, `0x7f3a`. */
export function dataIn(digits: string): string {
  if (!/^(?:\d{1,20}|0x[\da-f]{1,16})$/.test(digits)) return digits;
  const whole = BigInt(digits);
  return `${whole & 0xffff_ffffn} ${Number(whole)}`;
}

/** What most programs tell epoll to give back is the descriptor; null where it cannot be. */
export function fdIn(data: string): Fd | null {
  const number = Number(data.slice(data.indexOf(' ') + 1));
  return Number.isInteger(number) && number > 2 && number < 1 << 20 ? number : null;
}
