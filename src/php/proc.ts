/**
 * What a server is at, seen from outside: whether it has dealt with all that it was sent. On Linux
 * the kernel knows, in /proc; elsewhere only time tells. It sends nothing and stops nothing.
 * @module
 */

import { SocketError } from '../net/net.js';
import type { Restless } from '../scenario/compare.js';
import type { Connected, Opponent, OpponentState } from '../scenario/opponent.js';
import { Failure } from '../terminal/failure.js';
import { canTellSleep, type Sleep, sleepOf, usedBy } from './sleep.js';
import {
  hasTcpTable,
  isListener,
  listenerPid,
  readTcpTable,
  TABLES,
  type Traffic,
  trafficOf,
} from './tcp-table.js';

/** A server that changes nothing for so long is taken to be done, in milliseconds. */
const QUIET_MS = 150;

/**
 * A call that has not moved for so long stands still, in milliseconds: more than the 200 that a
 * delayed acknowledgement may take (TCP_DELACK_MAX), behind which a write may go on by itself.
 */
const STALL_MS = 250;

/** So much of a processor, used with nothing to do, is a loop that does not wait; in milliseconds. */
const SPIN_MS = 200;

/** Since when something has been as it is. */
class Steady {
  readonly #now: () => number;
  #what: string | null = null;
  #since = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns milliseconds for which it has been this, as far as it was asked */
  ms(what: string): number {
    const now = this.#now();
    if (what !== this.#what) this.#since = now;
    this.#what = what;
    return now - this.#since;
  }
}

/** A text that changes whenever something has come or gone. */
function countsOf(connections: readonly Connected[]): string {
  return connections
    .map(({ port, sent, received, ended, endedByServer }) =>
      [port, sent, received, ended, endedByServer].join(),
    )
    .join(';');
}

/** Takes a server for idle when nothing has come or gone for 150 ms: all that can be told without /proc. */
export class QuietProbe {
  readonly #steady: Steady;

  /** @param now milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#steady = new Steady(now);
  }

  state(connections: readonly Connected[]): OpponentState {
    return this.#steady.ms(countsOf(connections)) >= QUIET_MS ? 'idle' : 'busy';
  }
}

/**
 * Asks the kernel whether a server is done.
 *
 * Why `idle` is sound: the process is looked at, then the queues, twice, then the process again. If
 * it slept in select and has not run in between, then it took nothing out of the queues while they
 * were looked at. So empty queues mean that all which was sent had come and was taken out before;
 * and what it takes out it deals with before it sleeps in select again. Twice, because making a table
 * takes time, in which a segment can move from an end that is still to be looked at to one that was:
 * what the server had not sent at the first look is with the client at the second. A RST leaves no
 * queue, but takes the server's entry out of the table and wakes the process in one moment. None of
 * this asks a clock, so a machine that is busy makes it take longer, and nothing else.
 *
 * A server may leave a queue alone for ever: a descriptor beyond FD_SETSIZE, a FIN that it does not
 * look at. One that has slept in select for 150 ms all the same, without having run, is idle too:
 * select is level-triggered, and would have returned for what it watches. And one that does not
 * stay asleep, but asks and naps in turn, is idle when for 150 ms nothing has come or gone, and when the
 * queues are empty before such a sleep and behind it. One that never sleeps is, when it has used a
 * processor for 200 ms since then: its own time, not the clock's. What such a server does meanwhile is
 * counted, as `Restless`.
 */
export class KernelProbe {
  /** What it did with nothing to do. */
  readonly restless: Restless = { wakeUps: 0, processorMs: 0 };
  readonly #pid: number;
  /** Since something came or went last: what that was, and how the kernel's counts stood. */
  #since: (Restless & { counts: string }) | null = null;
  readonly #port: number;
  readonly #tables: readonly string[];
  readonly #steady: Steady;
  readonly #quiet: QuietProbe;

  /**
   * Only where there is /proc and the architecture is known; `ServerProbe` looks.
   *
   * @param pid the process that listens
   * @param port the port where it listens
   * @param now milliseconds
   */
  constructor(pid: number, port: number, now: () => number = () => performance.now()) {
    this.#pid = pid;
    this.#port = port;
    this.#steady = new Steady(now);
    this.#quiet = new QuietProbe(now);
    const isIpv6 = readTcpTable(['/proc/net/tcp6'])?.some((entry) => isListener(entry, port));
    this.#tables = isIpv6 ? TABLES : TABLES.slice(0, 1); // an IPv4 client's end is in the first
  }

  /** @returns null where the kernel does not tell */
  state(connections: readonly Connected[]): OpponentState | null {
    try {
      this.#follow(connections);
      const sleep = sleepOf(this.#pid);
      if (sleep === 'busy') return this.#spins(connections) ? this.#foundRestless() : sleep;
      return typeof sleep === 'string' ? sleep : this.#asleep(sleep, connections);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error; // a fault of ours
      return code === 'ENOENT' || code === 'ESRCH' ? 'busy' : null; // a thread ended meanwhile
    }
  }

  #asleep(sleep: Sleep, connections: readonly Connected[]): OpponentState {
    const since = {
      sleepMs: this.#steady.ms(sleep.sinceWhen),
      quiet: this.#quiet.state(connections),
    };
    const state = judge(sleep, since, this.#traffic(connections));
    if (state === 'busy') return state;
    const traffic = this.#traffic(connections);
    const after = sleepOf(this.#pid);
    if (typeof after === 'string') return after;
    if (after.sinceWhen === sleep.sinceWhen) {
      return judge(sleep, since, traffic) === state ? state : 'busy';
    }
    if (!isOver(traffic) || since.quiet === 'busy') return 'busy';
    // it had taken all by the second look, and has slept since: what it made of that is sent by now
    return this.hasNothingToDo(connections) && this.hasNothingToDo(connections)
      ? this.#foundRestless()
      : 'busy';
  }

  #follow(connections: readonly Connected[]): void {
    const counts = countsOf(connections);
    if (counts !== this.#since?.counts) this.#since = { counts, ...usedBy(this.#pid) };
  }

  /** What it has done since something came or went last. */
  #done(): Restless {
    const { wakeUps, processorMs } = usedBy(this.#pid);
    const { wakeUps: woken = wakeUps, processorMs: used = processorMs } = this.#since ?? {};
    return { wakeUps: wakeUps - woken, processorMs: processorMs - used };
  }

  /** It runs, with nothing to do, and has for so long that it cannot be about to sleep. */
  #spins(connections: readonly Connected[]): boolean {
    if (this.#quiet.state(connections) !== 'idle') return false;
    if (this.#done().processorMs < SPIN_MS) return false;
    return this.hasNothingToDo(connections);
  }

  /** Whether nothing is on its way, as far as the queues tell. */
  hasNothingToDo(connections: readonly Connected[]): boolean {
    return isOver(this.#traffic(connections));
  }

  /** Whether it has taken out of its queues all that was sent. */
  hasTaken(connections: readonly Connected[]): boolean {
    const { toServer, unread } = this.#traffic(connections);
    return !toServer && !unread;
  }

  #foundRestless(): 'idle' {
    const { wakeUps, processorMs } = this.#done();
    this.restless.wakeUps += wakeUps;
    this.restless.processorMs += processorMs;
    this.#since = null; // what comes now is counted from now on
    return 'idle';
  }

  #traffic(connections: readonly Connected[]): Traffic {
    const table = readTcpTable(this.#tables);
    if (table === null) throw new Error('bug: there is no table of sockets here');
    return trafficOf(table, this.#port, connections);
  }
}

/** What a process is at that sleeps, has slept for some time, and left this on its way. */
function judge(
  { how }: Sleep,
  { sleepMs, quiet }: { sleepMs: number; quiet: OpponentState },
  traffic: Traffic,
): OpponentState {
  if (traffic.toClients) return 'busy';
  switch (how) {
    case 'waits': {
      if (isOver(traffic)) return 'idle';
      return !traffic.toServer && sleepMs >= QUIET_MS ? 'idle' : 'busy';
    }
    case 'blocks':
      return sleepMs >= STALL_MS ? 'stalled' : 'busy';
    case 'rests':
      return isOver(traffic) ? quiet : 'busy';
  }
}

function isOver({ toServer, unread, toClients }: Traffic): boolean {
  return !toServer && !unread && !toClients;
}

/** Asks the kernel as long as it tells, and else the clock. */
export class ServerProbe {
  #kernel: KernelProbe | null;
  readonly #quiet: QuietProbe;

  /** @param pid the process that listens; null when it is not known */
  constructor(pid: number | null, port: number, now?: () => number) {
    const tells = canTellSleep && hasTcpTable();
    this.#kernel = pid === null || !tells ? null : new KernelProbe(pid, port, now);
    this.#quiet = new QuietProbe(now);
  }

  /** What it did with nothing to do; zeros where only the clock tells. */
  get restless(): Restless {
    return this.#kernel?.restless ?? { wakeUps: 0, processorMs: 0 };
  }

  /** @param isSpinning its system calls show that it asks again and again, and gets nothing */
  state(connections: readonly Connected[], isSpinning = false): OpponentState {
    if (isSpinning && this.#kernel?.hasNothingToDo(connections)) return 'idle';
    const state = this.#kernel?.state(connections) ?? null;
    if (state !== null) return state;
    this.#kernel = null; // it will not tell next time either
    return this.#quiet.state(connections);
  }

  /** Whether it has taken all that was sent; true where only the clock tells. */
  hasTaken(connections: readonly Connected[]): boolean {
    return this.#kernel?.hasTaken(connections) ?? true;
  }
}

/** Whether nobody is there: then a command has failed (1), and was not called wrongly (2). */
export function isAbsent(error: Error): boolean {
  return error instanceof SocketError && error.syscall === 'connect';
}

/** A server that runs already. It is asked, where it is on this machine, and never touched. */
export function tcpOpponent(host: string, port: number): Opponent {
  const isHere = /^(127\.|::1$|localhost$)/.test(host);
  const pid = isHere ? listenerPid(port) : null;
  const probe = new ServerProbe(pid === process.pid ? null : pid, port);
  const refuse = (): never => {
    throw new Failure('php.notOurs', { host, port }, 2);
  };
  return {
    address: { host, port },
    state: (connections) => probe.state(connections),
    hasTaken: (connections) => probe.hasTaken(connections),
    pause: refuse,
    resume: refuse,
  };
}
