/**
 * The calls of one simulated host that wait: select, and the return of connect. A return is an event
 * of the clock; what a select reports is worked out when it returns, from the state at that time.
 * @module
 */

import { socketError } from './failure.js';
import type { FdTable } from './fd-table.js';
import type { Fd, FdSet, Ready } from './net.js';
import type { SimListener } from './sim-accept.js';
import { microsOf, type SimClock, SimEvent } from './sim-clock.js';
import type { SimConnection } from './sim-tcp.js';

/** The return of a call that is no select. */
class Return extends SimEvent {
  readonly #selector: Selector;
  readonly #settle: () => void;

  constructor(selector: Selector, settle: () => void) {
    super();
    this.#selector = selector;
    this.#settle = settle;
  }

  run(): boolean {
    if (this.#selector.parks(this)) return false;
    this.#settle();
    return true;
  }
}

/** What a select was called with. */
interface Asked {
  readonly read: FdSet;
  readonly write: FdSet;
  readonly except: FdSet;
  /** In microseconds; infinite when it waits without end. */
  readonly deadline: number;
  readonly resolve: (ready: Ready) => void;
  readonly reject: (error: unknown) => void;
}

/** A select that waits; as an event, its return. */
class Waiting extends SimEvent {
  readonly asked: Asked;
  /** Whether it returns as soon as the clock lets it. */
  isDue = false;
  readonly #selector: Selector;

  constructor(selector: Selector, asked: Asked) {
    super();
    this.#selector = selector;
    this.asked = asked;
  }

  run(): boolean {
    return !this.#selector.parks(this) && this.#selector.returns(this);
  }
}

/** Who waits on one host, and for what. */
export class Selector {
  readonly #clock: SimClock;
  readonly #table: FdTable<SimConnection | SimListener>;
  readonly #turn: number;
  readonly #readable: Set<Fd>;
  /** Every select that waits, the oldest first. */
  readonly #waiting = new Set<Waiting>();
  /** Calls that would have returned while the host was paused. */
  readonly #parked: SimEvent[] = [];
  #paused = false;
  #interrupted = false;
  /** No select returns before: the last turn takes so long. In microseconds. */
  #busyUntil = 0;

  /**
   * @param readable every descriptor that is readable now
   * @param turn microseconds from the return of one select to that of the next, at least
   */
  constructor(
    clock: SimClock,
    table: FdTable<SimConnection | SimListener>,
    readable: Set<Fd>,
    turn: number,
  ) {
    this.#clock = clock;
    this.#table = table;
    this.#readable = readable;
    this.#turn = turn;
  }

  /** The sets of the selects that wait. */
  get watched(): { read: Fd[]; write: Fd[] }[] {
    return [...this.#waiting].map(({ asked }) => ({
      read: [...asked.read],
      write: [...asked.write],
    }));
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    for (const call of this.#parked.splice(0)) this.#clock.schedule(call, this.#clock.now);
  }

  select(
    read: FdSet,
    write: FdSet,
    except: FdSet,
    timeoutMs: number | null = null,
  ): Promise<Ready> {
    return new Promise((resolve, reject) => {
      if (timeoutMs !== null && !(timeoutMs >= 0)) {
        throw socketError('select', 'EINVAL', 'net.time-out', { timeoutMs });
      }
      const deadline = this.#clock.now + microsToWait(timeoutMs);
      const waiting = new Waiting(this, { read, write, except, deadline, resolve, reject });
      this.#waiting.add(waiting);
      if (timeoutMs === 0 || this.#interrupted || this.#isReady(waiting)) this.#due(waiting);
      else this.#waitOn(waiting);
    });
  }

  interrupt(): void {
    this.#interrupted = true;
    for (const waiting of this.#waiting) {
      this.#due(waiting);
      return;
    }
  }

  /** Lets a call that is no select return now. */
  return(settle: () => void): void {
    this.#clock.schedule(new Return(this, settle), this.#clock.now);
  }

  becameReadable(fd: Fd): void {
    if (fd < 0 || this.#table.ignores(fd)) return; // a connection that waits for accept has no number
    this.#readable.add(fd);
    for (const waiting of this.#waiting) if (waiting.asked.read.has(fd)) this.#due(waiting);
  }

  becameWritable(fd: Fd): void {
    if (fd < 0 || this.#table.ignores(fd)) return;
    for (const waiting of this.#waiting) if (waiting.asked.write.has(fd)) this.#due(waiting);
  }

  /** The number was given back: a select that watches it has to say so. */
  released(fd: Fd): void {
    for (const waiting of this.#waiting) {
      const { read, write, except } = waiting.asked;
      if (read.has(fd) || write.has(fd) || except.has(fd)) this.#due(waiting);
    }
  }

  /** Keeps a call that wants to return while the host is paused. @returns whether it is */
  parks(call: SimEvent): boolean {
    if (this.#paused) this.#parked.push(call);
    return this.#paused;
  }

  /** Answers a select. @returns false when it has to wait on */
  returns(waiting: Waiting): boolean {
    try {
      const ready = this.#look(waiting.asked);
      if (this.#interrupted) {
        this.#interrupted = false;
        ready.read = [];
        ready.write = [];
      } else if (isEmpty(ready) && this.#clock.now < waiting.asked.deadline) {
        this.#waitOn(waiting); // another call took what there was
        return false;
      }
      waiting.asked.resolve(ready);
    } catch (error) {
      waiting.asked.reject(error);
    }
    this.#waiting.delete(waiting);
    this.#busyUntil = this.#clock.now + this.#turn;
    return true;
  }

  /** The select will return, at once or when the host's turn is over. */
  #due(waiting: Waiting): void {
    if (waiting.isDue) return;
    waiting.isDue = true;
    this.#clock.schedule(waiting, Math.max(this.#clock.now, this.#busyUntil));
  }

  #waitOn(waiting: Waiting): void {
    waiting.isDue = false;
    const at = Math.max(waiting.asked.deadline, this.#busyUntil);
    if (at < Number.POSITIVE_INFINITY) this.#clock.schedule(waiting, at, true);
  }

  #isReady(waiting: Waiting): boolean {
    try {
      return !isEmpty(this.#look(waiting.asked));
    } catch {
      return true; // the return will tell
    }
  }

  #look({ read, write, except }: Asked): Ready {
    return this.#table.look(read, write, except, this.#readable);
  }
}

/** At least one microsecond, unless it polls: a deadline that is nearly there must not be polled for. */
function microsToWait(timeoutMs: number | null): number {
  if (timeoutMs === null) return Number.POSITIVE_INFINITY;
  return timeoutMs === 0 ? 0 : Math.max(1, microsOf(timeoutMs));
}

function isEmpty({ read, write }: Ready): boolean {
  return read.length === 0 && write.length === 0;
}
