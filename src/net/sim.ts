/**
 * A simulated network: hosts in one JavaScript process, TCP between them, and a virtual clock. The
 * same programs with the same seed do the same, to the last byte and microsecond.
 *
 * **When the world moves.** Programs are plain async functions, and the world cannot see what they
 * are at. So the rule is: the world moves when nothing else can run, that is, when every program
 * waits in `select` or `connect` (or for something outside, or has ended) and the language's queue
 * of jobs is empty. Then the next event happens: first in time, and of those at one time the one that
 * was scheduled first. If it makes a call return, the world stands still again until that one program
 * has come to its next wait. So one program runs at a time, a turn takes no time of its own, and
 * neither real time nor the number of awaits in a program matters. Each return waits in the same
 * order of events, that of a select which is ready at once too; but a host's selects return
 * `turnMs` apart at least, so that a loop which never waits lets the others have their time.
 * What programs tell one another past the network, through promises, is as fixed as the language.
 *
 * **What it has of TCP.** The handshake with its accept queue, byte streams in order, both buffers,
 * FIN, half-close, RST, TIME_WAIT for bind, limits of descriptors; and rules that cut, join, delay
 * and cut off (sim-rules.ts).
 *
 * **What it has not.** Loss and retransmission: a program sees them as delay, which a rule makes, or
 * as silence, which one makes too. Acknowledgements, congestion control, Nagle's algorithm and
 * delayed ACKs, MSS: they decide when bytes come and how many at a time, and a rule decides that here.
 * A peer that vanishes is never timed out by TCP itself (Linux: after some 15 minutes). Bandwidth:
 * only latency. Out-of-band data, so `except` stays empty. Names other than those of the hosts.
 *
 * @module
 */

import { failing } from '../texts/errors.js';
import type { SimListener } from './sim-accept.js';
import { microsOf, SimClock } from './sim-clock.js';
import { type Arrived, type SimArrival, SimHost, type SimHostOptions } from './sim-host.js';
import { only, type Rule, type Where } from './sim-rules.js';
import { whenJobsAreDone } from './sim-task.js';
import { type LinkOptions, SimWorld } from './sim-world.js';

export type { SimArrival, SimHost, SimHostOptions, WaitingSelect } from './sim-host.js';
export { Random } from './sim-random.js';
export * from './sim-rules.js';
export type { LinkOptions } from './sim-world.js';

/** How a world is made. `latencyMs` and `jitterMs` are those of every link that is not changed. */
export interface SimNetOptions extends LinkOptions {
  /** A whole number for all that is random. Default 0. */
  seed?: number;
  /**
   * Whether it moves only inside `settle` and `run`. For an interactive page, where otherwise the
   * world would run through all its time-outs while a person thinks. Default false.
   */
  driven?: boolean;
}

/** How many tasks of the platform are asked for at a time. */
const TASKS_AHEAD = 8;

/** Someone who waits for the world itself. */
interface Driver {
  /** In microseconds; null for `settle`. */
  until: number | null;
  resolve(): void;
}

/** A world of hosts. Not a `Net` itself: each host is one. */
export class SimNet {
  readonly #clock = new SimClock(() => this.#wake());
  readonly #world: SimWorld<SimListener>;
  readonly #listeners: Arrived[] = [];
  readonly #driven: boolean;
  readonly #drivers: Driver[] = [];
  #holds = 0;
  #tasks = 0;

  constructor({ seed = 0, driven = false, ...link }: SimNetOptions = {}) {
    this.#world = new SimWorld(this.#clock, seed, link);
    this.#driven = driven;
  }

  /** Milliseconds on the virtual clock, the same for all hosts. */
  now(): number {
    return this.#clock.now / 1_000;
  }

  /**
   * Nothing is under way: no packet, and no call that is about to return. Only time-outs can come,
   * and what programs do that are in the middle of a turn.
   */
  get isIdle(): boolean {
    return this.#clock.underWay === 0;
  }

  /** Adds a host. Its name can be used as an address, in links and in rules. */
  host(name: string, options: SimHostOptions = {}): SimHost {
    const arrived: Arrived = (...args) => {
      for (const listener of this.#listeners) listener(...args);
    };
    return new SimHost(this.#world, name, arrived, options);
  }

  /** Changes the link between two hosts, both ways, for what is sent from now on. */
  link(a: string, b: string, options: LinkOptions): void {
    this.#world.setLink(a, b, options);
  }

  /** Adds a rule, for what is sent from now on. Each rule sees the pieces that those before it made. */
  rule(rule: Rule, where: Where = {}): void {
    this.#world.rules.push(only(where, rule));
  }

  /**
   * Tells of everything that comes in at a host, when it comes: a listener calls back inside an
   * event, and must not wait. What comes for a connection that waits for accept is reported with the
   * listener's fd, as it has none; `connection` says which it is.
   */
  onArrive(listener: (host: SimHost, step: SimArrival) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * Lets the world move until it is idle, every program waiting and only time-outs to come. These
   * come only if something else that is under way is later. Never resolves while a program loops
   * without waiting: use `run` there.
   */
  settle(): Promise<void> {
    return this.#drive(null);
  }

  /** Lets the world move until a time, with all that happens then. @param untilMs on its clock */
  run(untilMs: number): Promise<void> {
    if (!Number.isFinite(untilMs)) throw failing(RangeError, 'sim.until', { untilMs });
    return this.#drive(microsOf(untilMs));
  }

  /**
   * Stops the world, `settle` and `run` too, until the returned function is called. A program that
   * waits in the middle of a turn for something outside the world, as a stepper does for a key, holds
   * it meanwhile: else the others would go on without it.
   */
  hold(): () => void {
    let held = true;
    this.#holds++;
    return () => {
      if (!held) return;
      held = false;
      this.#holds--;
      this.#wake();
    };
  }

  #drive(until: number | null): Promise<void> {
    return new Promise((resolve) => {
      this.#drivers.push({ until, resolve });
      this.#wake();
    });
  }

  #wake(): void {
    if (this.#tasks > 0) return;
    // several ahead: the platform begins them one after another, each when the jobs are done, and
    // a round of its loop costs more than they do
    for (; this.#tasks < TASKS_AHEAD; this.#tasks++) whenJobsAreDone(this.#move);
  }

  /** Runs events until a program goes on. */
  readonly #move = (): void => {
    this.#tasks--;
    while (this.#holds === 0) {
      if (this.#drivers.length > 0) {
        if (this.#dismissDriver()) break;
      } else if (this.#driven) return;
      const event = this.#clock.take();
      if (event === undefined) return;
      if (event.run()) break;
    }
    if (this.#holds === 0) this.#wake();
  };

  /** Lets the first driver go on for whom the world has moved far enough. */
  #dismissDriver(): boolean {
    const { next } = this.#clock;
    const place = this.#drivers.findIndex(({ until }) =>
      until === null ? this.isIdle : next === undefined || next.at > until,
    );
    const [driver] = place < 0 ? [] : this.#drivers.splice(place, 1);
    if (driver === undefined) return false;
    if (driver.until !== null) this.#clock.now = Math.max(this.#clock.now, driver.until);
    driver.resolve();
    return true;
  }
}
