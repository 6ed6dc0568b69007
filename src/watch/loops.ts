/**
 * From calls to loops: each thread that waits in select, poll or epoll on TCP sockets is one, told in the
 * order of the calls; others are counted where they wait for one socket. In bounded memory, whatever the
 * program does.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { TraceEvent } from '../trace/event.js';
import type { Call, Told } from './calls.js';
import { Kernel } from './kernel.js';
import { Loop } from './loop.js';
import { numberOf } from './values.js';
import { readWait } from './waits.js';

/** An event, and whose loop it is of. */
export interface LoopEvent {
  /** The loop's, from 1, in the order in which they came to wait. */
  readonly number: number;
  /** The thread that waits. */
  readonly pid: number;
  readonly event: TraceEvent;
}

/** A thread that waits for someone to come. */
export interface Waiting {
  readonly pid: number;
  /** The call in which it does. */
  readonly call: string;
}

/** Loops that are told; a program with more threads that wait is told in part. */
const MOST_LOOPS = 256;

/** Takes what the calls tell, and gives the steps of all loops. */
export class Loops {
  readonly kernel = new Kernel();
  readonly #loops = new Map<number, Loop>();
  /** Descriptors of TCP that a thread without a loop has waited for in accept or recv. */
  #blocking = 0;
  #start: number | null = null;
  #count = 0;
  /** Waits that have not come back, of threads without a turn, by the number of the loop. */
  readonly #waiting = new Map<number, Waiting>();

  /** Calls of accept and recv in threads that have no loop: a thread for each client, maybe. */
  get blocking(): number {
    return this.#blocking;
  }

  /** Threads that wait, and to which nobody has come by now. */
  get waiting(): readonly Waiting[] {
    return [...this.#waiting.values()];
  }

  take(told: Told): LoopEvent[] {
    const steps: LoopEvent[] = [];
    if (told.state === 'exited') {
      this.#loops.delete(told.pid); // its number may come again, as another's
      this.kernel.exited(told);
      return steps;
    }
    const loop = this.#loops.get(told.pid) ?? this.#newLoop(told);
    if (loop !== null) this.#start ??= told.began;
    const t = Math.max(0, 1_000 * (told.began - (this.#start ?? 0)) + (told.took ?? 0));
    const number = loop?.number ?? 0;
    const tell = (events: TraceEvent[]) => {
      for (const event of events) steps.push({ number, pid: told.pid, event });
    };
    if (loop !== null) tell(loop.before(told, t));
    else if (this.#blocks(told)) this.#blocking++;
    this.kernel.apply(told);
    if (loop !== null) tell(loop.after(told, t));
    if (steps.length > 0) this.#waiting.delete(number);
    return steps;
  }

  /** A thread's first wait for a TCP socket makes it a loop. */
  #newLoop(call: Call): Loop | null {
    if (this.#count >= MOST_LOOPS) return null;
    const wait = readWait(call, this.kernel);
    if (wait === null) return null;
    const kinds = [...wait.read, ...wait.write].map((fd) => this.#kindOf(call, fd));
    if (!kinds.includes('listener') && !kinds.includes('connection')) return null;
    const loop = new Loop(++this.#count, call.pid, this.kernel, wait.family);
    this.#loops.set(call.pid, loop);
    this.#waiting.set(loop.number, { pid: call.pid, call: call.name });
    return loop;
  }

  /** In the sets of a wait descriptors stand, and with -yy what they are. */
  #kindOf(call: Call, fd: Fd): string | undefined {
    for (const arg of call.args) {
      if (arg.kind !== 'list') continue;
      for (const value of arg.values) {
        const one = value.kind === 'struct' ? value.fields.get('fd') : value;
        if (numberOf(one) === fd) this.kernel.fileOfValue(call.pid, one);
      }
    }
    return this.kernel.fileOf(call.pid, fd)?.kind;
  }

  #blocks({ pid, name, args }: Call): boolean {
    if (!/^(?:accept4?|recv|recvfrom|read)$/.test(name)) return false;
    const kind = this.kernel.fileOfValue(pid, args[0])?.kind;
    return kind === 'listener' || kind === 'connection';
  }
}
