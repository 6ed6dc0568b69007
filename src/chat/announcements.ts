/**
 * When a room may tell everyone who has come or left. Each announcement has all names in it and goes
 * to all: among 900 clients with long names that is 50 MB. The first goes out at once; what follows
 * too soon in too large a room is gathered here, and goes out as one.
 * @module
 */

import type { Fd } from '../net/net.js';

/** Someone has come or left, and not everyone knows. */
export interface Announcement {
  /** Which of the two. */
  readonly type: 'login' | 'logout';
  /** Who: one object each. */
  readonly who: object;
  /** The descriptor of its connection, or of that over which another loop told of it. */
  readonly fd: Fd;
  /** Its name. */
  readonly name: string;
}

/** Bytes of announcements, for all clients together, that a room sends in a second. */
export const BYTES_PER_SECOND = 32 << 20;
/**
 * Bytes that may go out beyond that at once. A class never comes so far: fifty who log in at the same
 * moment, with the longest Chinese names, are 12 MiB.
 */
export const BURST = 16 << 20;

/** Announcements that wait, and when their time comes. It leaks: what went out counts less and less. */
export class Announcements {
  /** In the order of coming and leaving; one each. */
  readonly #gathered = new Map<object, Announcement>();
  /** Bytes that count at the time `#at`. */
  #level = 0;
  #at = 0;
  readonly #bytesPerSecond: number;
  readonly #burst: number;

  constructor({ bytesPerSecond = BYTES_PER_SECOND, burst = BURST } = {}) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#burst = burst;
  }

  /** When what was gathered may go out, in milliseconds; null when there is nothing. */
  get next(): number | null {
    if (this.#gathered.size === 0) return null;
    return this.#at + (Math.max(0, this.#level - this.#burst) * 1_000) / this.#bytesPerSecond;
  }

  /** Whether one may go out at once. */
  mayGo(now: number): boolean {
    return this.#gathered.size === 0 && this.#levelAt(now) <= this.#burst;
  }

  /** One has gone out. @param bytes for all clients together */
  went(bytes: number, now: number): void {
    this.#level = this.#levelAt(now) + bytes;
    this.#at = now;
  }

  /** Keeps one for later. Of who has come and left meanwhile, nobody need ever hear. */
  gather(announcement: Announcement): void {
    const { who, type } = announcement;
    if (!this.#gathered.delete(who) || type === 'login') {
      this.#gathered.set(who, announcement);
    }
  }

  /** The last that was gathered, and from here on none; null when all have left that had come. */
  takeLast(): Announcement | null {
    const last = [...this.#gathered.values()].at(-1) ?? null;
    this.#gathered.clear();
    return last;
  }

  #levelAt(now: number): number {
    return Math.max(0, this.#level - ((now - this.#at) * this.#bytesPerSecond) / 1_000);
  }
}
