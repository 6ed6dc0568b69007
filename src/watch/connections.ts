/**
 * What is known of each connection of a loop, from its trace: what became of what was written to it,
 * whether small writes may wait there, and whether it was closed when its peer had gone.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { SendStep, SetsockoptStep } from '../trace/event.js';
import type { Find } from './findings.js';

/** One of them. */
interface Connection {
  readonly fd: Fd;
  nodelay: boolean;
  /** Where FIN was read; null as long as it was not. */
  ended: number | null;
  /** What a short write left. */
  rest: Rest | null;
  sends: number;
}

interface Rest {
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
    this.#open.set(fd, { fd, nodelay: false, ended: null, rest: null, sends: 0 });
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
    if (one.rest !== null) this.#goesOn(one, bytes);
    if (taken < length) {
      const rest = bytes?.subarray(taken) ?? new Uint8Array(0);
      one.rest = { bytes: rest, length: length - taken, seq };
    }
    return !one.nodelay;
  }

  close(fd: Fd): void {
    const one = this.#open.get(fd);
    this.#open.delete(fd);
    if (one === undefined) return;
    if (isDelayed(one)) this.#delayed++;
    // whoever is gone reads nothing more; what a short write left to one that lived is lost
    if (one.rest !== null && one.ended === null) this.#loses(fd, one.rest);
  }

  /** Finds those whose peer is gone, and that are open still. */
  leftOpen(find: Find): void {
    for (const { fd, ended } of this.#open.values()) {
      if (ended !== null) find('not-closed', { fd }, ended);
    }
  }

  /** What follows a short write: the rest of it, or something else. */
  #goesOn(one: Connection, bytes: Uint8Array | undefined): void {
    const { fd, rest } = one;
    one.rest = null;
    if (rest === null || bytes === undefined || rest.bytes.length === 0) return; // not known
    const count = Math.min(rest.bytes.length, bytes.length);
    const isRest = count > 0 && rest.bytes.subarray(0, count).every((byte, i) => byte === bytes[i]);
    if (isRest) this.#find('sent-again', { fd, bytes: rest.length }, rest.seq);
    else this.#loses(fd, rest);
  }

  #loses(fd: Fd, { length, seq }: Rest): void {
    this.#lost += length;
    this.#find('lost', { fd, bytes: length }, seq);
  }
}

function isDelayed({ nodelay, sends }: Connection): boolean {
  return !nodelay && sends > 0;
}
