/**
 * The table and the set that the students' parts know: what they are handed are copies of it, so that one
 * that is wrong harms nobody else's.
 * @module
 */

import { ForwardingNet } from '../net/forwarding-net.js';
import { type Fd, FdSet, type Net } from '../net/net.js';
import { mine } from '../texts/mine.en.js';
import { fill } from '../texts/say.js';
import type { DealStep } from '../trace/event.js';

/** What the exercises know of one client. */
export interface Row {
  uname: string;
  handshake: boolean;
}

/** Who is here, in the order of connecting. */
export class Table {
  readonly #rows = new Map<Fd, Row>();
  /** Whose message is dealt with. */
  speaker: Fd = -1;

  /** A copy of the table. */
  get rows(): Map<Fd, Row> {
    return new Map([...this.#rows].map(([fd, row]) => [fd, { ...row }]));
  }

  /** What select watches for reading. */
  watched(listener: Fd): FdSet {
    return new FdSet([listener, ...this.#rows.keys()]);
  }

  has(fd: Fd): boolean {
    return this.#rows.has(fd);
  }

  /** What is known of one. */
  row(fd: Fd): Row {
    return { uname: '', handshake: false, ...this.#rows.get(fd) };
  }

  enter(fd: Fd): void {
    this.#rows.set(fd, { uname: '', handshake: false });
  }

  forget(fd: Fd): void {
    this.#rows.delete(fd);
  }

  /** Someone was answered: who speaks is known, and perhaps its name now. */
  dealt({ fd, message, reply }: DealStep): void {
    this.speaker = fd;
    if (message === '' || !reply.startsWith('{"type":"login"')) return;
    const row = this.#rows.get(fd);
    if (row !== undefined) row.uname = String(JSON.parse(reply).content);
  }
}

/** Calls that move something: a part is lent those that it is about. */
const KEPT = [
  'listen',
  'connect',
  'select',
  'interrupt',
  'accept',
  'recv',
  'send',
  'shutdown',
  'close',
  'reset',
  'setsockopt',
] as const satisfies readonly (keyof Net)[];

/** A network that lends some calls, and none of the others that move something. */
export function lend(net: Net, calls: Partial<Net>): Net {
  const kept = KEPT.map((call) => [call, () => refuse(call)]);
  return new ForwardingNet(net, { ...Object.fromEntries(kept), ...calls });
}

/** Says that a call is not lent. */
export function refuse(call: string): never {
  throw new Error(fill(mine['lent.not'], { call }));
}
