/**
 * What is known of each connection of a loop, from its trace: what became of what was written to it,
 * whether small writes may wait there, and whether it was closed when its peer had gone.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { AgainStep, SendStep, SetsockoptStep } from '../trace/event.js';
import type { Find } from './findings.js';

/** One of them. */
interface Connection {
  readonly fd: Fd;
  nodelay: boolean;
  /** Where FIN was read; null as long as it was not. */
  ended: number | null;
  /** What a write did not take. */
  rest: Rest | null;
  /** What was not offered again, of writes that found no room. */
  dropped: { writes: number; bytes: number; seq: number };
  sends: number;
}

interface Rest {
  /** Whether a write was short, or found no room at all. */
  readonly of: 'short' | 'again';
  /** As many of its bytes as are known. */
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly seq: number;
}

/** Those of one loop. */
export class Connections {
  readonly #open = new Map<Fd, Connection>();
  readonly #find: Find;
  #lost = 0;
  /** Of those that are closed. */
  #delayed = 0;

  constructor(find: Find) {
    this.#find = find;
  }

  /** Bytes that a write did not take and nobody offered again, by now. */
  get lost(): number {
    return this.#lost;
  }

  /** Connections by now that were sent something without TCP_NODELAY. */
  get delayed(): number {
    return this.#delayed + [...this.#open.values()].filter(isDelayed).length;
  }

  /** Those that are open beside one. */
  beside(fd: Fd): number {
    return this.#open.size - (this.#open.has(fd) ? 1 : 0);
  }

  accept(fd: Fd): void {
    const dropped = { writes: 0, bytes: 0, seq: 0 };
    this.#open.set(fd, { fd, nodelay: false, ended: null, rest: null, dropped, sends: 0 });
  }

  setsockopt({ fd, option, value }: SetsockoptStep): void {
    const one = this.#open.get(fd);
    if (option === 'TCP_NODELAY' && one !== undefined) one.nodelay = value !== 0;
  }

  /** FIN was read. @param seq the event that shows it */
  end(fd: Fd, seq: number): void {
    const one = this.#open.get(fd);
    if (one !== undefined) one.ended ??= seq;
  }

  /** @returns whether what was sent may wait for an acknowledgement */
  send({ fd, length, taken, bytes, seq }: SendStep & { seq: number }): boolean {
    const one = this.#open.get(fd);
    if (one === undefined) return false;
    one.sends++;
    if (this.#offers(one, bytes) === 'rest' && one.rest?.of === 'short') {
      this.#find('sent-again', { fd, bytes: one.rest.length }, one.rest.seq);
    }
    const rest = bytes?.subarray(taken) ?? new Uint8Array(0);
    const isShort = taken < length;
    one.rest = isShort ? { of: 'short', bytes: rest, length: length - taken, seq } : null;
    return !one.nodelay;
  }

  /** A write found no room. */
  again({ fd, length = 0, bytes, seq }: AgainStep & { seq: number }): void {
    const one = this.#open.get(fd);
    if (one === undefined || length === 0) return;
    // of a rest whose bytes are not known this may be one more try
    if (one.rest !== null && this.#offers(one, bytes) !== 'other') return;
    one.rest = { of: 'again', bytes: bytes ?? new Uint8Array(0), length, seq };
  }

  close(fd: Fd): void {
    const one = this.#open.get(fd);
    this.#open.delete(fd);
    if (one === undefined) return;
    if (isDelayed(one)) this.#delayed++;
    // whoever is gone reads nothing more; what a write left to one that lived is lost
    if (one.rest !== null && one.ended === null) this.#loses(one, one.rest);
    tellDropped(one, this.#find);
  }

  /** Finds what there is to say of those that are open still. */
  atEnd(find: Find): void {
    for (const one of this.#open.values()) {
      tellDropped(one, find);
      if (one.ended !== null) find('not-closed', { fd: one.fd }, one.ended);
    }
  }

  /** What is offered where a write has left a rest: that, or something else, and then the rest is lost. */
  #offers(one: Connection, bytes: Uint8Array | undefined): 'rest' | 'other' | 'unknown' {
    const { rest } = one;
    if (rest === null || bytes === undefined || rest.bytes.length === 0) return 'unknown';
    const count = Math.min(rest.bytes.length, bytes.length);
    const isRest = count > 0 && rest.bytes.subarray(0, count).every((byte, i) => byte === bytes[i]);
    if (isRest) return 'rest';
    this.#loses(one, rest);
    return 'other';
  }

  #loses({ fd, dropped }: Connection, { of, length, seq }: Rest): void {
    this.#lost += length;
    if (of === 'short') this.#find('lost', { fd, bytes: length }, seq);
    else {
      if (dropped.writes++ === 0) dropped.seq = seq;
      dropped.bytes += length;
    }
  }
}

function tellDropped({ fd, dropped: { writes, bytes, seq } }: Connection, find: Find): void {
  if (writes > 0) find('dropped', { fd, writes, bytes }, seq);
}

function isDelayed({ nodelay, sends }: Connection): boolean {
  return !nodelay && sends > 0;
}
